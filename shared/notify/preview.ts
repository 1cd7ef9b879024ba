/** What would be sent, as data: for people who look before they connect a channel. Pure. */
import type { MessageKind } from "./notifier.ts";
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
