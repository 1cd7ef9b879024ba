/** Quiet resources whose owner says that they are not theirs, or has not answered two rounds of questions. Pure. */
import type { DocumentFinding } from "../model/document.ts";
import { shellQuote } from "../wording/aws-cli.ts";
import type { WorthDoing } from "./item.ts";
import type { Risk } from "./risk.ts";
import { workMinutes } from "./work.ts";

/** Why nobody claims a resource. */
export type Unclaimed = ReadonlyMap<string, "not-mine" | "silence">;

/** Finding out whose it is mends nothing by itself: a fifth of the risk, as for what nobody owns. */
const shareOfRisk = 0.2;

/** One question for each owner that was asked. @param unclaimed by ARN */
export function unclaimedOf(
  open: readonly DocumentFinding[],
  unclaimed: Unclaimed,
  riskOf: (finding: DocumentFinding) => Risk,
): WorthDoing[] {
  const theirs = open.filter(({ owner, resource }) => owner.team !== undefined && unclaimed.has(resource.arn));
  return [...Map.groupBy(theirs, ({ owner }) => owner.team ?? "")].flatMap(([team, findings]) => {
    const [first] = findings;
    return first ? [question(team, first, findings, unclaimed, riskOf)] : [];
  });
}

function question(
  team: string,
  first: DocumentFinding,
  findings: readonly DocumentFinding[],
  unclaimed: Unclaimed,
  riskOf: (finding: DocumentFinding) => Risk,
): WorthDoing {
  const parts = findings.map(riskOf).map((part) => ({ ...part, risk: part.risk * shareOfRisk }));
  const risk = parts.reduce((sum, part) => sum + part.risk, 0);
  const minutes = workMinutes.look;
  const arns = [...new Set(findings.map(({ resource }) => resource.arn))];
  const refused = arns.filter((arn) => unclaimed.get(arn) === "not-mine").length;
  const said = [
    ...(refused > 0 ? [`says of ${refused} that it is somebody else's`] : []),
    ...(arns.length > refused ? [`has not answered two rounds about ${arns.length - refused}`] : []),
  ].join(", and ");
  return {
    key: `unclaimed ${team}`,
    task: "talk",
    title: `Nobody claims ${arns.length === 1 ? first.resource.name : `${arns.length} quiet resources`}: ${team} ${said}`,
    advice: `Find out whose it is, and say so; this command keeps it in the store. smalltarget ask ${shellQuote(team)} tells the account's owner.`,
    command: `smalltarget own ${shellQuote(first.resource.arn)} TEAM`,
    owners: [first.owner],
    findings: findings.map(({ id, rule, resource }) => ({ id, rule, resource: resource.name })),
    severity: first.severity,
    risk,
    parts,
    minutes,
    riskPerMinute: risk / minutes,
  };
}
