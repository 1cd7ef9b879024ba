/** The requests to the hub of one Region: findings in batches, and what decisions about them make of their workflow. */
import { BatchImportFindingsCommand, BatchUpdateFindingsCommand, type SecurityHubClient } from "@aws-sdk/client-securityhub";
import { type AsffFinding, asff, asffId, type Hub, productArn } from "../../asff/asff.ts";
import type { PendingFinding } from "../../model/finding.ts";
import { cleanText } from "../../model/plain-text.ts";
import { hubRefusal } from "./refusal.ts";
import { type WorkflowChange, workflowChanges } from "./workflow.ts";

/** BatchImportFindings takes no more at once (API reference). */
const mostFindings = 100;
/** A request of BatchImportFindings; the limit is 6 MB (API reference). */
const mostBytes = 5_000_000;

/** What the hub made of some findings. */
export interface Imported {
  /** Ids of those that are in the hub as they are. */
  readonly taken: readonly string[];
  /** Why the first of the others is not. */
  readonly why?: string;
}

/** Brings the findings of one Region into its hub. @throws DeliveryError where the hub takes nothing */
export async function importInto(
  client: SecurityHubClient,
  hub: Hub,
  findings: readonly PendingFinding[],
  channel: string,
  now: Date,
): Promise<Imported> {
  const failures = new Map<string, string>();
  for (const batch of batchesOf(findings.map((finding) => inHub(finding, hub, now)))) await importBatch(client, hub, batch, failures);
  const there = findings.filter(({ id }) => !failures.has(asffId(id)));
  for (const change of workflowChanges(there, channel, now)) await updateWorkflow(client, hub, change, failures);
  const [why] = failures.values();
  return { taken: there.filter(({ id }) => !failures.has(asffId(id))).map(({ id }) => id), ...(why === undefined ? {} : { why }) };
}

/** As the hub is to have it now: of a finding that is no longer this channel's, that it is over. An older time than the hub's would be ignored. */
function inHub(finding: PendingFinding, hub: Hub, now: Date): AsffFinding {
  const written = asff(finding.pending.left ? { ...finding, status: "RESOLVED" } : finding, hub);
  const at = now.toISOString();
  return { ...written, UpdatedAt: at > written.UpdatedAt ? at : written.UpdatedAt };
}

/** @param failures what was not taken and why, by ASFF id; added to */
export async function importBatch(client: SecurityHubClient, hub: Hub, batch: AsffFinding[], failures: Map<string, string>): Promise<void> {
  try {
    const { FailedFindings = [] } = await client.send(new BatchImportFindingsCommand({ Findings: batch }));
    for (const { Id = "", ErrorCode, ErrorMessage } of FailedFindings) failures.set(Id, failureText(Id, hub, ErrorCode, ErrorMessage));
  } catch (error) {
    throw hubRefusal("BatchImportFindings", hub.region, hub.account, error);
  }
}

async function updateWorkflow(
  client: SecurityHubClient,
  hub: Hub,
  { status, note, by, ids }: WorkflowChange,
  failures: Map<string, string>,
): Promise<void> {
  try {
    const { UnprocessedFindings = [] } = await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: ids.map((id) => ({ Id: asffId(id), ProductArn: productArn(hub) })),
        Workflow: { Status: status },
        Note: { Text: note, UpdatedBy: by },
      }),
    );
    for (const { FindingIdentifier, ErrorCode, ErrorMessage } of UnprocessedFindings) {
      const id = FindingIdentifier?.Id ?? "";
      failures.set(id, failureText(id, hub, ErrorCode, ErrorMessage));
    }
  } catch (error) {
    // the findings are in the hub: what else was told is told, and only these are tried again
    const { message } = hubRefusal("BatchUpdateFindings", hub.region, hub.account, error);
    for (const id of ids) failures.set(asffId(id), message);
  }
}

function failureText(id: string, { region }: Hub, code = "no code", message = ""): string {
  return cleanText(`${id} was not taken by Security Hub in ${region} (${code}: ${message})`, 400);
}

function batchesOf(findings: readonly AsffFinding[]): AsffFinding[][] {
  const batches: AsffFinding[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const finding of findings) {
    const own = Buffer.byteLength(JSON.stringify(finding)) + 1;
    const last = batches.at(-1);
    if (last && last.length < mostFindings && bytes + own <= mostBytes) last.push(finding);
    else {
      batches.push([finding]);
      bytes = 0;
    }
    bytes += own;
  }
  return batches;
}
