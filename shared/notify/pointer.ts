/** Where the reader of a message finds more: the commands, as they run on the reader's own machine. */

/** The stack that sent the message. Absent: it was sent from a machine whose own store has the findings. */
export interface Deployment {
  readonly stack: string;
  readonly region: string;
  /** All functions that scan this account, as `NAME in REGION`, where there is more than one: each sends everything once more. */
  readonly scanners?: readonly string[];
}

/** Shows one finding. */
export function showCommand(id: string, deployment?: Deployment): string {
  return `smalltarget show ${id}${deployment ? ` --stack ${deployment.stack} --region ${deployment.region}` : ""}`;
}

/** Lists findings, each of them; `--region` would leave others out there, so that the stack's Region stands in front. */
export function listCommand(options: string, deployment?: Deployment): string {
  const where = deployment ? ` --stack ${deployment.stack}` : "";
  return `${deployment ? `AWS_REGION=${deployment.region} ` : ""}smalltarget findings --all${options === "" ? "" : ` ${options}`}${where}`;
}

/** Names what is most worth doing now. */
export function todayCommand(deployment?: Deployment): string {
  return `${deployment ? `AWS_REGION=${deployment.region} ` : ""}smalltarget today${deployment ? ` --stack ${deployment.stack}` : ""}`;
}

/** Writes the last scan as a page to look at: of a stack, fetches the one that the scan left. */
export function reportCommand(deployment?: Deployment): string {
  return `${deployment ? `AWS_REGION=${deployment.region} ` : ""}smalltarget report${deployment ? ` --stack ${deployment.stack}` : ""}`;
}

/** Accepts one finding for a while; the comment is the reader's to write. */
export function acceptCommand(id: string, deployment?: Deployment): string {
  const [before, where] = deployment ? [`AWS_REGION=${deployment.region} `, ` --stack ${deployment.stack}`] : ["", ""];
  return `${before}smalltarget ack ${id} --reason accepted-risk --comment "WHY" --until 90d${where}`;
}
