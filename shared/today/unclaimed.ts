/** Quiet resources whose owner says that they are not theirs, or has not answered two rounds of questions. Pure. */
import type { DocumentFinding } from "../model/document.ts";
import { shellQuote } from "../wording/aws-cli.ts";
import type { WorthDoing } from "./item.ts";
import type { Risk } from "./risk.ts";
import { talkItem } from "./talk-item.ts";

/** Why nobody claims a resource. */
export type Unclaimed = ReadonlyMap<string, "not-mine" | "silence">;

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
  const arns = [...new Set(findings.map(({ resource }) => resource.arn))];
  const refused = arns.filter((arn) => unclaimed.get(arn) === "not-mine").length;
  const said = [
    ...(refused > 0 ? [`says of ${refused} that it is somebody else's`] : []),
    ...(arns.length > refused ? [`has not answered two rounds about ${arns.length - refused}`] : []),
  ].join(", and ");
  return talkItem(findings, riskOf, {
    key: `unclaimed ${team}`,
    title: `Nobody claims ${arns.length === 1 ? first.resource.name : `${arns.length} quiet resources`}: ${team} ${said}`,
    advice: `Find out whose it is, and say so; this command keeps it in the store. smalltarget ask ${shellQuote(team)} tells the account's owner.`,
    command: `smalltarget own ${shellQuote(first.resource.arn)} TEAM`,
    owners: [first.owner],
  });
}
