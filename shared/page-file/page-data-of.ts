/** From a scan's document to what lies inside the page. Pure. */
import { metricRetentionDays } from "../data/service-limits.ts";
import { type Network, networkOf } from "../graph/network.ts";
import type { NumbersAt } from "../model/account-numbers.ts";
import { dayOf } from "../model/day.ts";
import type { DocumentFinding, FunctionFacts, ScanDocument } from "../model/document.ts";
import { sortFindings } from "../report/findings-list.ts";
import { sortFunctions } from "../report/function-rows.ts";
import { grouped } from "../report/quantities.ts";
import { unpackDays } from "../usage/daily-ring.ts";
import { changesSince, type EarlierDocument } from "./changes.ts";
import { dailyText } from "./daily-text.ts";
import { ownerRows } from "./owner-rows.ts";
import { type PageData, type PageFinding, type PageFunction, pageDataVersion } from "./page-data.ts";
import { PathList, reachedFromOutside } from "./paths.ts";
import { mostPruned, pruneOf, unusedFunctions } from "./prune-lists.ts";
import { type Typing, typed } from "./typed.ts";

/** What a page is made of. */
export interface PageInput extends Typing {
  readonly document: ScanDocument;
  /** The packed days of a function, as its ledger has them, by ARN. */
  readonly days: ReadonlyMap<string, string>;
  /** An earlier scan to compare with. */
  readonly earlier?: EarlierDocument;
  /** The numbers of kept scans before this one, oldest first. */
  readonly trend: readonly NumbersAt[];
}

/** How much of it. */
export interface Detail {
  readonly historyDays: number;
  /** Findings with evidence and commands. */
  readonly wholeFindings: number;
  readonly functions: number;
  readonly findings: number;
}

/** Everything, as far as `detail` lets it. */
export function pageData(input: PageInput, detail: Detail): PageData {
  const { document, command, where } = input;
  const { apiCalls: _, ...scan } = document.scan;
  const network = networkOf(document);
  const list = new PathList(network);
  const today = dayOf(scan.startedAt);
  const functions = chosenFunctions(document, detail);
  const shown = new Set(functions.map(({ arn }) => arn));
  const references = new Map<string, number>();
  const findings = sortFindings(document.findings)
    .slice(0, detail.findings)
    .map((finding, i) => pageFinding(finding, i < detail.wholeFindings, references));
  const unused = unusedFunctions(document);
  return {
    version: pageDataVersion,
    scan,
    command,
    where,
    today,
    historyDays: detail.historyDays,
    functions: functions.map((one) => pageFunction(one, list, input, today - detail.historyDays + 1)),
    ...(document.roles ? { roles: document.roles.filter(({ functionArn }) => shown.has(functionArn)) } : {}),
    findings,
    references: [...references.keys()],
    prune: pruneLists(document, unused, network),
    pruneLeft: Math.max(0, unused.length - mostPruned),
    owners: ownerRows(document),
    coverage: document.coverage,
    changes: changesSince(input.earlier, document),
    left: leftOut(document, detail, input),
    reached: reachedFromOutside(document.resources, list),
    nodes: list.nodes,
    paths: list.paths,
  };
}

function chosenFunctions(document: ScanDocument, { functions }: Detail): readonly FunctionFacts[] {
  return document.functions.length <= functions
    ? document.functions
    : sortFunctions(document, document.functions, "interest").slice(0, functions);
}

function pageFunction(one: FunctionFacts, list: PathList, { days }: PageInput, firstDay: number): PageFunction {
  const { tags: _, codeSha256: __, exposure, ...facts } = one;
  const packed = days.get(one.arn);
  return {
    ...facts,
    ...(exposure ? { exposure: list.exposure(exposure) } : {}),
    ...(packed ? { days: dailyText(unpackDays(packed), firstDay) } : {}),
  };
}

function pageFinding({ references, ...finding }: DocumentFinding, whole: boolean, known: Map<string, number>): PageFinding {
  if (!whole) return { ...finding, evidence: {}, remediation: { text: "", commands: [] }, references: [], short: true };
  const places = references.map((url) => {
    const place = known.get(url) ?? known.size;
    known.set(url, place);
    return place;
  });
  return { ...finding, references: places };
}

function pruneLists(document: ScanDocument, unused: readonly FunctionFacts[], network: Network): PageData["prune"] {
  return unused.slice(0, mostPruned).map((one) => pruneOf(document, one, network));
}

function leftOut({ functions, findings }: ScanDocument, detail: Detail, typing: Typing): string[] {
  const { historyDays } = detail;
  const short = Math.min(findings.length, detail.findings) - detail.wholeFindings;
  return [
    ...(historyDays < metricRetentionDays
      ? [
          `Daily runs are drawn for the last ${historyDays} of ${metricRetentionDays} days; the others are in the findings table, on the items of the functions.`,
        ]
      : []),
    ...someOf(
      detail.functions,
      functions.length,
      "functions are listed here, those with the gravest findings first",
      typed(typing, "functions --all"),
    ),
    ...someOf(detail.findings, findings.length, "findings are listed here, the gravest first", typed(typing, "findings --all")),
    ...(short > 0
      ? [`Of ${grouped(short)} findings of lesser severity only the titles are here; evidence and commands: ${typed(typing, "show ID")}`]
      : []),
  ];
}

function someOf(here: number, all: number, what: string, command: string): string[] {
  return here < all ? [`${grouped(here)} of ${grouped(all)} ${what}; all: ${command}`] : [];
}
