/** What waits for a word between people: findings whose resource nobody owns, and decisions that end. Pure. */
import type { DocumentFinding, DocumentResource } from "../model/document.ts";
import { shellQuote } from "../wording/aws-cli.ts";
import { dateText } from "../wording/words.ts";
import type { TodayDocument, WorthDoing } from "./item.ts";
import type { Risk } from "./risk.ts";
import { talkItem } from "./talk-item.ts";

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
  const [first] = findings;
  const resources = new Set(findings.map(({ resource }) => resource.arn)).size;
  const what = resources === 1 ? (first?.resource.name ?? place) : `${resources} resources of ${place}`;
  const tag = place.startsWith(stackPlace)
    ? "Ask who deploys the stack, and give the stack an owner tag: everything in it then has one."
    : "Ask who deployed it, and give it an owner tag.";
  return talkItem(findings, riskOf, {
    key: `owner ${place}`,
    title: `Nobody owns ${what}: ${findings.length === 1 ? "a finding reaches" : `${findings.length} findings reach`} nobody`,
    advice: `${tag} Until then, say it by hand; this command keeps it in the store, not in the account.`,
    command: `smalltarget own ${shellQuote(first?.resource.arn ?? account)} TEAM`,
    owners: [],
  });
}

/** One question for each decision that ends within days, whatever it holds: after its end all of that is open again. */
export function endingOf(findings: readonly DocumentFinding[], riskOf: (finding: DocumentFinding) => Risk): WorthDoing[] {
  const ending = findings.filter(({ status, acknowledged }) => status === "SUPPRESSED" && acknowledged?.endsSoon);
  const groups = Map.groupBy(ending, ({ acknowledged }) => acknowledged?.ack ?? "");
  return [...groups].flatMap(([ack, [first, ...more]]) => (first ? [decideAgain(ack, [first, ...more], riskOf)] : []));
}

function decideAgain(
  ack: string,
  findings: readonly [DocumentFinding, ...DocumentFinding[]],
  riskOf: (finding: DocumentFinding) => Risk,
): WorthDoing {
  const [first] = findings;
  const until = dateText(first.acknowledged?.until ?? "");
  const others = findings.length > 1 ? ` and ${findings.length - 1} more` : "";
  return talkItem(findings, riskOf, {
    key: `decide ${ack}`,
    title: `Accepted until ${until} only: ${first.title}${others}`,
    advice: `Mend it by then, or decide again with whoever decided (${first.acknowledged?.by ?? "not known"}). Said then: ${first.acknowledged?.comment ?? ""}`,
    command: `smalltarget show ${first.id}`,
    owners: first.owner.team === undefined ? [] : [first.owner],
  });
}
