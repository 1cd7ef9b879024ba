/** An item of the day that is a word between people about some findings. Pure. */
import type { DocumentFinding } from "../model/document.ts";
import type { WorthDoing } from "./item.ts";
import type { Risk } from "./risk.ts";
import { workMinutes } from "./work.ts";

/**
 * A word mends nothing by itself: it counts as a fifth of the risk that somebody then hears of, whether nobody owns the resource, nobody claims
 * it, or a decision about it ends.
 */
const shareOfRisk = 0.2;

/** The item with what all of them say alike; `words`: what this one says. */
export function talkItem(
  findings: readonly DocumentFinding[],
  riskOf: (finding: DocumentFinding) => Risk,
  words: Pick<WorthDoing, "key" | "title" | "advice" | "command" | "owners">,
): WorthDoing {
  const parts = findings.map(riskOf).map((part) => ({ ...part, risk: part.risk * shareOfRisk }));
  const risk = parts.reduce((sum, part) => sum + part.risk, 0);
  const minutes = workMinutes.look;
  const { key, title, advice, command, owners } = words;
  return {
    key,
    task: "talk",
    title,
    advice,
    command,
    owners,
    findings: findings.map(({ id, rule, resource }) => ({ id, rule, resource: resource.name })),
    severity: findings[0]?.severity ?? "INFORMATIONAL",
    risk,
    parts,
    minutes,
    riskPerMinute: risk / minutes,
  };
}
