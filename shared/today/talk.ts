/** What waits for a word between people: findings whose resource nobody owns. Pure. */
import type { DocumentFinding, DocumentResource } from "../model/document.ts";
import { shellQuote } from "../wording/aws-cli.ts";
import type { TodayDocument, WorthDoing } from "./item.ts";
import type { Risk } from "./risk.ts";
import { workMinutes } from "./work.ts";

/**
 * A finding whose resource nobody owns reaches nobody. Naming an owner mends nothing by itself: it counts as a fifth of the risk that
 * this owner then hears of.
 */
const shareOfRisk = 0.2;

/** One question for each CloudFormation stack, or resource outside of stacks, that has findings and no owner. */
export function talkOf(
  { scan, resources }: Pick<TodayDocument, "scan" | "resources">,
  open: readonly DocumentFinding[],
  riskOf: (finding: DocumentFinding) => Risk,
): WorthDoing[] {
  const known = new Map(resources.map((resource) => [resource.arn, resource]));
  // findings about the scan itself hang on the account
  const unowned = open.filter(({ owner, resource }) => owner.team === undefined && resource.type !== "AWS::::Account");
  const groups = Map.groupBy(unowned, ({ resource }) => placeOf(resource.arn, known.get(resource.arn)));
  return [...groups].map(([place, findings]) => question(place, findings, scan.account, riskOf));
}

const stackPlace = "stack ";

function placeOf(arn: string, resource: DocumentResource | undefined): string {
  const stack = resource?.tags?.["aws:cloudformation:stack-name"];
  return stack === undefined || !resource ? arn : `${stackPlace}${stack} in ${resource.region}`;
}

function question(
  place: string,
  findings: readonly DocumentFinding[],
  account: string,
  riskOf: (finding: DocumentFinding) => Risk,
): WorthDoing {
  const parts = findings.map(riskOf).map((part) => ({ ...part, risk: part.risk * shareOfRisk }));
  const risk = parts.reduce((sum, part) => sum + part.risk, 0);
  const minutes = workMinutes.look;
  const [first] = findings;
  const resources = new Set(findings.map(({ resource }) => resource.arn)).size;
  const what = resources === 1 ? (first?.resource.name ?? place) : `${resources} resources of ${place}`;
  const tag = place.startsWith(stackPlace)
    ? "Ask who deploys the stack, and give the stack an owner tag: everything in it then has one."
    : "Ask who deployed it, and give it an owner tag.";
  return {
    key: `owner ${place}`,
    task: "talk",
    title: `Nobody owns ${what}: ${findings.length === 1 ? "a finding reaches" : `${findings.length} findings reach`} nobody`,
    advice: `${tag} Until then, say it by hand; this command keeps it in the store, not in the account.`,
    command: `smalltarget own ${shellQuote(first?.resource.arn ?? account)} TEAM`,
    owners: [],
    findings: findings.map(({ id, rule, resource }) => ({ id, rule, resource: resource.name })),
    severity: first?.severity ?? "INFORMATIONAL",
    risk,
    parts,
    minutes,
    riskPerMinute: risk / minutes,
  };
}
