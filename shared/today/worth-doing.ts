/** The things most worth doing now: what clears most risk for each minute of work, first. Pure. */
import { compare } from "../model/compare.ts";
import type { DocumentFinding } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { type Owner, severityRank } from "../model/finding.ts";
import { type Deed, deedsOf } from "./deeds.ts";
import type { TodayDocument, WorthDoing } from "./item.ts";
import { exposureLookup, type Risk, riskOf } from "./risk.ts";
import { endingOf, talkOf } from "./talk.ts";
import { type Unclaimed, unclaimedOf } from "./unclaimed.ts";
import { exposureCounts, minutesOf, type Task, taskOf } from "./work.ts";

export interface Wanted {
  readonly now: Date;
  readonly task?: Task | undefined;
  /** A team, or `unowned` for what nobody owns: only its findings count. */
  readonly owner?: string | undefined;
  /** Quiet resources that nobody claims, by ARN; absent: not asked. */
  readonly unclaimed?: Unclaimed;
}

/** Everything worth doing, the most rewarding first. What somebody decided to live with does not count. */
export function worthDoing(document: TodayDocument, { task, owner, unclaimed = new Map() }: Wanted): WorthDoing[] {
  const exposureOf = exposureLookup(document);
  const mine = document.findings.filter((finding) => owner === undefined || (finding.owner.team ?? "unowned") === owner);
  const open = mine.filter(isOpen).toSorted(compareFindings);
  const riskOfOne = (finding: DocumentFinding) => riskOf(finding, exposureCounts(finding.rule) ? exposureOf(finding) : "unknown");
  const stacks = new Map(document.functions.map(({ arn, region, stack }) => [arn, stack && `stack ${stack.name} in ${region}`]));
  const deeds = deedsOf(open, (arn) => stacks.get(arn)).map((deed) => ofDeed(deed, riskOfOne));
  const talks = talkOf(document, open, riskOfOne);
  const ending = endingOf(mine.toSorted(compareFindings), riskOfOne);
  const nobodys = unclaimedOf(open, unclaimed, riskOfOne);
  return [...deeds, ...talks, ...nobodys, ...ending].filter((one) => task === undefined || one.task === task).sort(compareRewards);
}

function ofDeed({ key, findings }: Deed, riskOfOne: (finding: DocumentFinding) => Risk): WorthDoing {
  const [lead] = findings;
  const [command] = lead.remediation.commands;
  const parts = findings.map(riskOfOne);
  const risk = parts.reduce((sum, part) => sum + part.risk, 0);
  // what takes the function away is less work than what else would have to be done to it
  const minutes = key.startsWith("remove ") ? minutesOf(lead) : Math.max(...findings.slice(0, 1000).map(minutesOf));
  return {
    key,
    task: taskOf(lead.rule),
    title: lead.title,
    advice: lead.remediation.text,
    ...(command === undefined ? {} : { command }),
    owners: ownersOf(findings),
    findings: findings.map(({ id, rule, resource }) => ({ id, rule, resource: resource.name })),
    severity: parts.map(({ severity }) => severity).reduce((a, b) => (severityRank(b) < severityRank(a) ? b : a)),
    risk,
    parts,
    minutes,
    riskPerMinute: risk / minutes,
  };
}

/** Each team once, that of the first finding first. */
export function ownersOf(findings: readonly Pick<DocumentFinding, "owner">[]): Owner[] {
  const byTeam = new Map<string, Owner>();
  for (const { owner } of findings) if (owner.team !== undefined && !byTeam.has(owner.team)) byTeam.set(owner.team, owner);
  return [...byTeam.values()];
}

/** Gravest first; the rest makes the order the same on every machine. */
function compareFindings(left: DocumentFinding, right: DocumentFinding): number {
  return severityRank(left.severity) - severityRank(right.severity) || compare(left.rule, right.rule) || compare(left.id, right.id);
}

/** What mends something critical comes first, however many small things a minute would mend elsewhere. */
function compareRewards(left: WorthDoing, right: WorthDoing): number {
  const mendsCritical = ({ severity, task }: WorthDoing) => Number(severity === "CRITICAL" && task !== "talk");
  return (
    mendsCritical(right) - mendsCritical(left) ||
    right.riskPerMinute - left.riskPerMinute ||
    right.risk - left.risk ||
    compare(left.key, right.key)
  );
}
