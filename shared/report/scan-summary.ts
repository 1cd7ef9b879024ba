/** What a person sees after a scan. */

import type { ScanDocument } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { isScanFunction } from "../model/left-alone.ts";
import type { DeliveryReport } from "../notify/deliver.ts";
import type { PreviewLine } from "../notify/preview.ts";
import { ownerShare, ownerShareText } from "../owners/owner-share.ts";
import { accountName } from "../wording/account-name.ts";
import { notJudgedTexts } from "../wording/not-judged.ts";
import { advisoryTexts } from "./advisories-text.ts";
import { leftTexts, unreadableRegions, unseen, unseenText } from "./coverage-section.ts";
import { acceptedText, findingsList, severityCounts, sortFindings } from "./findings-list.ts";
import { sortFunctions } from "./function-rows.ts";
import { functionsTable } from "./functions-table.ts";
import type { Look } from "./look.ts";
import { count } from "./quantities.ts";
import { sentText, unheardText, wouldBeSentText } from "./told.ts";
import { wrap } from "./wide-text.ts";

export interface SummaryFacts {
  readonly document: ScanDocument;
  readonly preview: readonly PreviewLine[];
  readonly delivery: DeliveryReport;
  /** True where there is a channel: then messages were sent, not previewed. */
  readonly sends: boolean;
  readonly wallMs: number;
  /** Where the data now lie; absent when nothing was kept. */
  readonly stored?: string;
  /** How the account is called, e.g. `sample`. */
  readonly label?: string;
  readonly mostFunctions: number;
  readonly mostFindings: number;
}

const labelColumns = 16;

/** The page as lines. */
export function scanSummary(facts: SummaryFacts, look: Look): string[] {
  return [
    ...header(facts, look),
    "",
    ...functionsPart(facts, look),
    "",
    ...findingsPart(facts, look),
    "",
    ...(facts.sends ? labelled("SENT", sentText(facts.delivery), look) : labelled("WOULD BE SENT", wouldBeSentText(facts.preview), look)),
    ...labelled("NOT HEARD", unheardText(facts.document.findings), look),
    ...labelled("OWNERS", ownersText(facts.document), look),
    ...labelled("ADVISORIES", advisoryTexts(facts.document.scan.advisories, new Date(facts.document.scan.startedAt)), look),
    ...labelled("COULD NOT LOOK", unseen(facts.document.coverage).map(unseenText), look),
    ...labelled("NOT JUDGED", notJudgedTexts(facts.document.scan), look),
    ...labelled("TWICE", twiceText(facts.document), look),
    ...labelled("LEFT FOR LATER", leftTexts(facts.document.coverage), look),
    ...labelled("STORED", [facts.stored ?? "nothing (--store none)"], look),
    ...labelled("NEXT", [nextStep(facts, look)], look),
  ];
}

function header({ document, wallMs, label }: SummaryFacts, { width, paint }: Look): string[] {
  const { scan, functions, coverage } = document;
  const closed = unreadableRegions(coverage).length;
  const pieces = [
    `account ${accountName(scan.account, scan.accountAlias)}${label ? ` "${label}"` : ""}`,
    `${count(scan.regions.length, "Region")}${closed > 0 ? `, ${closed} not readable` : ""}`,
    count(functions.length, "function"),
    count(scan.apiCalls.total, "request"),
    `${(wallMs / 1000).toFixed(1)} s`,
  ];
  const lines = [paint.bold("Small Target")];
  let length = "Small Target".length;
  for (const piece of pieces) {
    const fits = length + 3 + piece.length <= width;
    lines.push(fits ? `${lines.pop()}   ${piece}` : `   ${piece}`);
    length = fits ? length + 3 + piece.length : 3 + piece.length;
  }
  return lines;
}

function functionsPart({ document, mostFunctions }: SummaryFacts, look: Look): string[] {
  const { functions } = document;
  if (functions.length === 0) return [unreadableRegions(document.coverage).length > 0 ? "No functions could be listed." : "No functions."];
  const shown = sortFunctions(document, functions, "interest").slice(0, mostFunctions);
  const more = functions.length - shown.length;
  const table = functionsTable(shown, look);
  return more > 0 ? [...table, `... ${more} more: ${look.command} functions`] : table;
}

function findingsPart({ document, mostFindings }: SummaryFacts, look: Look): string[] {
  const findings = document.findings.filter(isOpen);
  const accepted = acceptedText(document.findings.length - findings.length, look);
  const head = `${look.paint.bold("FINDINGS")}   ${severityCounts(findings)}`;
  const shown = sortFindings(findings).slice(0, mostFindings);
  const more = findings.length - shown.length;
  return [
    head,
    look.paint.dim(changesText(document)),
    ...findingsList(shown, look),
    ...(more > 0 ? [`... ${more} more: ${look.command} findings`] : []),
    ...(accepted ? [accepted] : []),
  ];
}

/** Two stacks in one account do everything twice, and nobody notices. */
function twiceText({ functions }: ScanDocument): string[] {
  const scanners = functions.filter(({ tags }) => isScanFunction(tags));
  if (scanners.length < 2) return [];
  const names = scanners.map(({ name, region }) => `${name} in ${region}`).join(", ");
  return [`Small Target is deployed ${scanners.length} times here: ${names}. Destroy all stacks but one.`];
}

/** What this scan changed, in words. */
export function changesText({ changes }: ScanDocument): string {
  if (changes.baseline) return "first look at this account: nothing is sent one by one";
  const { opened, reopened, changed, resolved, suppressed = [] } = changes;
  const pieces = [
    [opened.length, "new"],
    [reopened.length, "came back"],
    [changed.length, "changed"],
    [resolved.length, "resolved"],
    [suppressed.length, "accepted"],
  ] as const;
  const said = pieces.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  return said.length === 0 ? "nothing new since the last scan" : `since the last scan: ${said.join(", ")}`;
}

function ownersText({ resources }: ScanDocument): string[] {
  const text = ownerShareText(ownerShare(resources));
  return text === undefined ? [] : [text];
}

function nextStep({ document, stored }: SummaryFacts, { command }: Look): string {
  const first = sortFindings(document.findings.filter(isOpen)).find(({ rule }) => rule !== "scan/coverage-incomplete");
  if (first && stored !== undefined) return `${command} show ${first.id}`;
  return unseen(document.coverage).length > 0 ? `${command} doctor` : `${command} functions --all`;
}

function labelled(label: string, texts: readonly string[], { width, paint }: Look): string[] {
  const indent = " ".repeat(labelColumns);
  return texts.flatMap((text, i) => {
    const [first = "", ...rest] = wrap(text, width - labelColumns);
    const begin = i === 0 ? paint.bold(label) + " ".repeat(Math.max(1, labelColumns - label.length)) : indent;
    return [begin + first, ...rest.map((line) => indent + line)];
  });
}
