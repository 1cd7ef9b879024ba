/** What is written down of a list on its way, small enough for one item, and what follows from it after a crash. Pure. */
import type { PendingFinding, Severity, StoredFinding, Told, ToldStatus } from "../model/finding.ts";
import { toldNow, toldStatus } from "../model/outbox.ts";
import type { ListReceipt } from "../store/store.ts";
import type { Answer, Message } from "./channel.ts";

/** Of a list that is about to be sent. */
export function receiptOf(shape: ListReceipt["shape"], message: Message, at: Date): ListReceipt {
  return { message: message.id, shape, at: at.toISOString(), accepted: false, ...contents(message.findings) };
}

/** The same once the channel took it, or a part of it. */
export function acceptedReceipt(receipt: ListReceipt, findings: readonly PendingFinding[], { remember }: Answer): ListReceipt {
  return { ...receipt, accepted: true, ...contents(findings), ...(remember ? { remember } : {}) };
}

/** Those of `pending` that the list was about to tell, and that nobody has written since. */
export function stillIn(receipt: ListReceipt, pending: readonly PendingFinding[]): PendingFinding[] {
  const listed = unpack(receipt);
  return pending.filter(({ id, version }) => listed.get(id)?.version === version);
}

/** What the channel knows of each finding of the accepted list that is not marked yet, by id. */
export function unmarked(receipt: ListReceipt, channel: string, known: ReadonlyMap<string, StoredFinding>): Map<string, Told> {
  const left = new Map<string, Told>();
  for (const [id, { version, status, severity }] of unpack(receipt)) {
    const finding = known.get(id);
    if (!finding || finding.told?.[channel]?.message === receipt.message) continue;
    const memory = receipt.remember?.[id];
    // somebody wrote it since: what it was then is known only as far as the list says, which makes the rest a change
    const before: Told = { status, severity, materialDigest: "", at: receipt.at, version, message: receipt.message };
    const told = finding.version === version ? { ...toldNow(finding, receipt.message), status } : before;
    left.set(id, { ...told, ...(memory === undefined ? {} : { memory }) });
  }
  return left;
}

/** What the channel knows once it accepted this. What left is over for it, whatever it is elsewhere. */
export function toldAs(finding: PendingFinding, message: string, memory?: string): Told {
  return { ...toldNow(finding, message, memory), status: statusAs(finding) };
}

function statusAs({ status, pending }: PendingFinding): ToldStatus {
  return pending.left ? "resolved" : toldStatus({ status });
}

/** Ids of the findings that the list holds. */
export function idsIn(receipt: ListReceipt): Set<string> {
  return new Set(unpack(receipt).keys());
}

function contents(findings: readonly PendingFinding[]): Pick<ListReceipt, "regions" | "told"> {
  return { regions: [...new Set(findings.map(({ resource }) => resource.region))], told: pack(findings) };
}

function pack(findings: readonly PendingFinding[]): Record<string, string> {
  const groups = Map.groupBy(findings, (finding) => `${statusAs(finding)}#${finding.severity}`);
  return Object.fromEntries([...groups].map(([key, group]) => [key, group.map(({ id, version }) => `${id}.${version}`).join(" ")]));
}

function unpack({ told }: ListReceipt): Map<string, Pick<Told, "version" | "status" | "severity">> {
  const all = new Map<string, Pick<Told, "version" | "status" | "severity">>();
  for (const [key, entries] of Object.entries(told)) {
    const [status, severity] = key.split("#") as [ToldStatus, Severity];
    for (const entry of entries.split(" ")) {
      const [id = "", version] = entry.split(".");
      all.set(id, { version: Number(version), status, severity });
    }
  }
  return all;
}
