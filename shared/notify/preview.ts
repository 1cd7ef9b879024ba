/** What would be sent, as data: for people who look before they connect a channel. Pure. */
import type { PendingFinding, StoredFinding } from "../model/finding.ts";
import { pendingAfter, toldNow } from "../model/outbox.ts";
import type { FindingWrite } from "../store/store.ts";
import type { MessageKind } from "./channel.ts";
import type { Delivery } from "./plan.ts";
import { byTeam } from "./teams.ts";

/** A message that would be sent. */
export interface PreviewLine {
  readonly kind: MessageKind;
  readonly subject: string;
  /** Findings in it. */
  readonly count: number;
  /** By team, the unowned ones last and without `team`. `resources` counts each resource once. */
  readonly teams: readonly { readonly team?: string; readonly count: number; readonly resources: number }[];
}

/** What changed by these writes, as a channel has to hear it that knew everything before. */
export function changesOf(writes: readonly FindingWrite[], stored: readonly StoredFinding[]): PendingFinding[] {
  const before = new Map(stored.map((finding) => [finding.id, toldNow(finding, "")]));
  return writes.flatMap(({ finding }) => {
    const pending = pendingAfter(before.get(finding.id), finding);
    return pending ? [{ ...finding, pending }] : [];
  });
}

/** The planned deliveries without their texts, in order. */
export function previewLines(deliveries: readonly Delivery[]): PreviewLine[] {
  return deliveries.map(({ message, findings }) => ({
    kind: message.kind,
    subject: message.subject,
    count: findings.length,
    teams: byTeam(findings).map((group) => ({
      ...(group.team === undefined ? {} : { team: group.team }),
      count: group.findings.length,
      resources: new Set(group.findings.map((finding) => finding.resource.arn)).size,
    })),
  }));
}
