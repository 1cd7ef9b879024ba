/**
 * ARNs taken apart, put together and asked what they name. They respect the partition (aws, aws-cn, aws-us-gov).
 * Source: AWS general reference, "Identify AWS resources with Amazon Resource Names".
 */

export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon. */
  readonly resource: string;
}

/** Takes an ARN apart; undefined when the text is not one. */
export function parseArn(arn: string): ArnParts | undefined {
  const [prefix, partition, service, region, account, ...rest] = arn.split(":");
  if (prefix !== "arn" || !partition || !service || rest.length === 0) return undefined;
  return { partition, service, region: region ?? "", account: account ?? "", resource: rest.join(":") };
}

/** Whether an ARN is one of `service`, e.g. `events`, and what it names there begins with `start`, e.g. `rule/`. */
export function isArnOf(arn: string, service: string, start = ""): boolean {
  const parts = parseArn(arn);
  return parts?.service === service && parts.resource.startsWith(start);
}

/** `sqs` of the ARN of a queue; undefined for what is no ARN. */
export function serviceOf(arn: string): string | undefined {
  return parseArn(arn)?.service;
}

/** The account that owns it, `aws` for policies of AWS, empty where the ARN names none; undefined for what is no ARN. */
export function accountOf(arn: string): string | undefined {
  return parseArn(arn)?.account;
}

/** What it names within its service, Region and account; empty for what is no ARN. */
export function resourcePartOf(arn: string): string {
  return parseArn(arn)?.resource ?? "";
}

/** What stands after the last colon or slash. */
export function lastPieceOf(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

/** Something else in the same partition, Region and account. @param arn must be one */
export function besideArn(arn: string, service: string, resource: string): string {
  const [prefix, partition, , region, account] = arn.split(":");
  return [prefix, partition, service, region, account, resource].join(":");
}

/**
 * The unqualified function ARN in `arn` (a function, version or alias ARN), or undefined for anything else.
 * `arn:aws:lambda:eu-west-1:111122223333:function:orders:live` gives the ARN without `:live`.
 */
export function functionArnOf(arn: string): string | undefined {
  const parts = arn.split(":");
  if (parts[2] !== "lambda" || parts[5] !== "function" || !parts[6]) return undefined;
  return parts.slice(0, 7).join(":");
}

/** The name of a function or layer, and the alias or version of it that the ARN ends in. */
export function lambdaNameOf(arn: string): { readonly name?: string; readonly qualifier?: string } {
  const [name, qualifier] = arn.split(":").slice(6);
  return { ...(name ? { name } : {}), ...(qualifier ? { qualifier } : {}) };
}

/** The group in the ARN of a schedule (`arn:...:schedule/GROUP/NAME`); undefined for anything else. */
export function scheduleGroupOf(arn: string): string | undefined {
  return /^arn:[^:]+:scheduler:[^:]*:\d*:schedule\/([^/]+)\//.exec(arn)?.[1];
}

/** The table of an index or a stream; anything else as it is. */
export function tableArnOf(arn: string): string {
  return arn.replace(/(:table\/[^/]+)\/.*$/, "$1");
}

/** The bucket of an object, or of objects. */
export function bucketArnOf(arn: string): string {
  return arn.split("/")[0] ?? arn;
}
