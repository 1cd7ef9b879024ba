/**
 * From version 1 to 2: the outbox of a finding. Version 1 kept on the finding what channels had not accepted yet
 * (`pending: { transition, at, channels, baseline, urgent }`), and one digest clock for the account. Version 2 keeps what each channel
 * last accepted, and a clock for each. The one channel that version 1 had was `sns`. Never change what was released.
 */
import { createHash } from "node:crypto";
import type { Item } from "./item.ts";

interface PendingV1 {
  readonly transition: "opened" | "reopened" | "changed" | "resolved";
  readonly channels: readonly string[];
  readonly baseline: boolean;
  readonly urgent: boolean;
}

const channel = "sns";

/** Items of kind `finding` and `state`; leaves others alone. */
export function outboxPerChannel(item: Item): Item {
  if (item.kind === "finding") return findingOf(item);
  return item.kind === "state" ? stateOf(item) : item;
}

function findingOf({ pending, ...item }: Item): Item {
  const before = pending as PendingV1 | undefined;
  const waits = before?.channels.includes(channel) ?? false;
  if (before && waits) {
    const told = toldBefore(item, before);
    return { ...item, ...(before.baseline ? { baseline: true } : {}), ...(told ? { told: { [channel]: told } } : {}) };
  }
  // NEW without an outbox: there was no channel, nobody was told. One that is added says so in its first summary
  if (item.status === "NEW" && !before) return { ...item, baseline: true };
  return { ...item, told: { [channel]: toldAs(item, item.status === "RESOLVED" ? "resolved" : "open") } };
}

/** What the channel knew before the transition that waits for it. */
function toldBefore(item: Item, { transition, urgent }: PendingV1): object | undefined {
  if (transition === "opened") return undefined;
  if (transition === "reopened") return toldAs(item, "resolved");
  const told = toldAs(item, "open");
  // version 1 did not keep what it was before: only whether it got graver
  return transition === "changed" ? { ...told, materialDigest: "", ...(urgent ? { severity: "INFORMATIONAL" } : {}) } : told;
}

function toldAs(item: Item, status: "open" | "resolved"): object {
  const { severity, materialKey, changedAt, version } = item;
  const materialDigest = createHash("sha256").update(String(materialKey)).digest("base64url").slice(0, 16);
  return { status, severity, materialDigest, at: changedAt, version, message: "" };
}

/** `since` before every date: the channel was always there. */
function stateOf({ lastDigestAt, singlesSentAt, ...item }: Item): Item {
  const clock = { since: "", singlesSentAt: singlesSentAt ?? [], ...(lastDigestAt === undefined ? {} : { lastDigestAt }) };
  return { ...item, channels: { [channel]: clock } };
}
