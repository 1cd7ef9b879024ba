/** Who was told, or would be. */
import type { DocumentFinding } from "../model/document.ts";
import { cleanText } from "../model/plain-text.ts";
import type { DroppedOutbox } from "../notify/channel-list.ts";
import type { DeliveryLine, DeliveryReport } from "../notify/deliver.ts";
import type { PreviewLine } from "../notify/preview.ts";
import { count } from "./quantities.ts";

/** `1 summary of 29 findings: payments 7, core 9, nobody 13 (on 11 resources without an owner)`, a line per message; the numbers add up. */
export function wouldBeSentText(preview: readonly PreviewLine[]): string[] {
  if (preview.length === 0) return ["nothing: no finding is new or changed"];
  return preview.map(({ kind, count: findings, teams }) => {
    const named = teams.flatMap(({ team, count }) => (team === undefined ? [] : [`${cleanText(team, 60)} ${count}`]));
    const orphans = teams.find(({ team }) => team === undefined);
    const nobody = orphans ? [`nobody ${orphans.count} (on ${count(orphans.resources, "resource")} without an owner)`] : [];
    return `1 ${messageWords[kind] ?? kind} of ${count(findings, "finding")}: ${[...named, ...nobody].join(", ")}`;
  });
}

const messageWords: Readonly<Record<string, string>> = {
  opened: "message at once",
  reopened: "message at once",
  changed: "message at once",
  resolved: "all-clear",
};

/** What says that messages do not arrive: beside what was sent, so that "sent" is not taken for "heard". */
export function unheardText(findings: readonly Pick<DocumentFinding, "rule" | "status" | "title" | "id">[]): string[] {
  return findings
    .filter(({ rule, status }) => aboutTelling.has(rule) && status !== "RESOLVED" && status !== "SUPPRESSED")
    .map(({ title, id }) => `${cleanText(title, 200)} (${id})`);
}

const aboutTelling: ReadonlySet<string> = new Set(["scan/channel-failing", "scan/nobody-listens"]);

/** A channel is gone from the settings, and with it what it had not heard. */
export function droppedText({ channel, findings }: DroppedOutbox): string {
  const name = cleanText(channel, 40);
  return `channel ${name} is no longer configured: ${findings === 0 ? "it had heard of everything" : `${count(findings, "finding")} it had not heard of will not be sent there`}`;
}

/** What a channel wants a person to know, such as the command that records what was decided in a ticket. */
export function noteText({ channel, note }: NonNullable<DeliveryReport["notes"]>[number]): string {
  return `${cleanText(channel, 40)}: ${cleanText(note, 600)}`;
}

/** What the channels accepted and what they did not; each is named where there are several. */
export function sentText({ sent, failed, notTried, waiting, held, notes = [], dropped = [] }: DeliveryReport): string[] {
  const several = new Set([...sent, ...failed, ...notTried].map(({ channel }) => channel)).size > 1;
  const line = ({ channel, subject, findings }: DeliveryLine) =>
    `${several ? `${cleanText(channel, 40)}: ` : ""}${cleanText(subject, 100)} (${count(findings, "finding")})`;
  const lines = [
    ...sent.map(line),
    ...failed.map((one) => `NOT ACCEPTED, stays pending: ${line(one)}: ${cleanText(one.error, 400)}`),
    ...(notTried.length > 0 ? [`${count(notTried.length, "further message")} not tried, stays pending`] : []),
    ...(waiting > 0 ? [`${count(waiting, "finding")} for the next digest`] : []),
    ...(held
      ? [
          `${held.findings === 0 ? "the weekly digest waits" : `${count(held.findings, "finding")} ${held.findings === 1 ? "waits" : "wait"}`} until the quiet hours end, ${held.until.slice(0, 16).replace("T", " ")} UTC`,
        ]
      : []),
    ...notes.map(noteText),
    ...dropped.map(droppedText),
  ];
  return lines.length > 0 ? lines : ["nothing: no finding is new or changed"];
}
