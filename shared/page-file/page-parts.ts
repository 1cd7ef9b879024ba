/** From a scan's document to what lies inside the page, part by part, so that never all of it is in memory at once. */
import { type Network, networkOf } from "../graph/network.ts";
import type { NumbersAt } from "../model/account-numbers.ts";
import { dayOf } from "../model/day.ts";
import type { DocumentFinding, FunctionFacts, ScanDocument } from "../model/document.ts";
import { sortFindings } from "../report/findings-list.ts";
import { sortFunctions } from "../report/function-rows.ts";
import type { Unclaimed } from "../today/unclaimed.ts";
import { unpackDays } from "../usage/daily-ring.ts";
import type { ScanAt } from "./changes.ts";
import { changesSince, type EarlierDocument } from "./changes.ts";
import { dailyText } from "./daily-text.ts";
import { type Detail, leftOut } from "./left-out.ts";
import { ownerRows } from "./owner-rows.ts";
import { artifactLines, type ListedPackages, listLines, packageLines } from "./package-lines.ts";
import { packedFinding } from "./packed-finding.ts";
import { type PageAccount, type PageLines, type PartName, pageDataVersion } from "./page-data.ts";
import { pageFunction } from "./page-function.ts";
import type { PageWays } from "./page-ways.ts";
import { PathList, reachedFromOutside } from "./paths.ts";
import { mostPruned, pruneOf, unusedFunctions } from "./prune-lists.ts";
import type { PageRole } from "./role-data.ts";
import { dataOfRoles } from "./role-data.ts";
import { rulesOf, type ToldRule } from "./rule-words.ts";
import type { Typing } from "./typed.ts";

/** What a page is made of. */
export interface PageInput extends Typing {
  readonly document: ScanDocument;
  /** The packed days of a function, as its ledger has them, by ARN. */
  readonly days: ReadonlyMap<string, string>;
  /** An earlier scan to compare with. */
  readonly earlier?: EarlierDocument;
  /** Kept scans before this one, newest first; absent: none are. */
  readonly kept?: readonly ScanAt[];
  /** What the last scan listed; absent: nothing was ever listed. A text: why it cannot be read. */
  readonly packages?: ListedPackages | string;
  /** The numbers of kept scans before this one, oldest first. */
  readonly trend: readonly NumbersAt[];
  /** All that there are. */
  readonly rules: readonly ToldRule[];
  /** Quiet resources that nobody claims, by ARN; absent: none. */
  readonly unclaimed?: Unclaimed;
}

/** Compresses a text that comes in pieces. */
export type Compress = (pieces: Iterable<string>) => Promise<Uint8Array>;

type Parts = ReadonlyMap<PartName, Uint8Array>;

/** Makes the parts for one detail after the other; what does not change with it is made once. */
export class PartMaker {
  readonly #input: PageInput;
  readonly #compress: Compress;
  readonly #network: Network;
  readonly #findings: readonly DocumentFinding[];
  readonly #unused: readonly FunctionFacts[];
  readonly #changes: PageAccount["changes"];
  #made = new Map<string, Uint8Array>();

  constructor(input: PageInput, compress: Compress) {
    this.#input = input;
    this.#compress = compress;
    this.#network = networkOf(input.document);
    this.#findings = sortFindings(input.document.findings);
    this.#unused = unusedFunctions(input.document);
    this.#changes = changesSince(input.earlier, input.document, input.kept);
  }

  async parts(detail: Detail): Promise<Parts> {
    const { document, days } = this.#input;
    const functions = chosenFunctions(document, detail);
    const shown = new Set(functions.map(({ arn }) => arn));
    const findings = this.#findings.slice(0, detail.findings);
    const firstDay = dayOf(document.scan.startedAt) - detail.historyDays + 1;
    const excess = new Map(document.roles?.map(({ functionArn, inExcess }) => [functionArn, inExcess]));
    const places = new Map(functions.map(({ arn }, i) => [arn, i]));
    const list = new PathList(this.#network);
    const made: [PartName, Uint8Array][] = [];
    const part = async <N extends PartName>(name: N, key: string, lines: () => Iterable<PageLines[N]>) =>
      made.push([name, await this.#part(`${name} ${key}`, lines)]);
    const count = String(detail.functions);
    await part("account", JSON.stringify(detail), () => [this.#account(detail)]);
    // the ways that lead to them are listed while they are written: both are made anew, or neither
    await part("functions", count, () => mapped(functions, (one) => pageFunction(one, list, excess.get(one.arn))));
    await part("findings", `${count} ${detail.findings} ${detail.wholeFindings}`, () =>
      mapped(findings, (finding, i) => ({
        ...packedFinding(finding, functions, places),
        ...(i < detail.wholeFindings ? {} : { short: true as const }),
      })),
    );
    await part("days", `${count} ${detail.historyDays}`, () => mapped(functions, ({ arn }) => daysText(days.get(arn), firstDay)));
    await part("triggers", count, () => mapped(functions, ({ triggers }) => triggers ?? []));
    await part("evidence", String(detail.wholeFindings), () =>
      mapped(findings.slice(0, detail.wholeFindings), ({ confidence, evidence, remediation, references }) => ({
        confidence,
        evidence,
        remediation,
        references,
      })),
    );
    await part("roles", count, () => roleLines(document, shown));
    await part("ways", count, () => [waysIn(document, list)]);
    const listed = listedIn(this.#input);
    await part("artifacts", count, () => (listed ? artifactLines(listed, places) : []));
    await part("lists", detail.packages, () => (listed ? listLines(listed, detail.packages) : []));
    await part("packages", detail.packages, () => (listed ? packageLines(listed, detail.packages) : []));
    await part("prune", "", () => mapped(this.#unused.slice(0, mostPruned), (one) => pruneOf(document, one, this.#network)));
    return new Map(made);
  }

  async #part(key: string, lines: () => Iterable<unknown>): Promise<Uint8Array> {
    const known = this.#made.get(key) ?? (await this.#compress(texts(lines())));
    this.#made.set(key, known);
    return known;
  }

  #account(detail: Detail): PageAccount {
    const { document, command, where, packages, rules } = this.#input;
    const { apiCalls: _, ...scan } = document.scan;
    return {
      version: pageDataVersion,
      scan,
      command,
      where,
      today: dayOf(scan.startedAt),
      historyDays: detail.historyDays,
      hasRoles: document.roles !== undefined,
      pruneLeft: Math.max(0, this.#unused.length - mostPruned),
      owners: ownerRows(document),
      coverage: document.coverage,
      changes: this.#changes,
      rules: rulesOf(document.findings, rules),
      ...(packages === undefined ? {} : { packages: typeof packages === "string" ? packages : briefly(packages) }),
      left: leftOut(this.#input, detail),
    };
  }
}

function briefly({ scanId, contents }: ListedPackages): PageAccount["packages"] {
  return { scanId, contents };
}

/** Those that there are. */
export function listedIn({ packages }: Pick<PageInput, "packages">): ListedPackages | undefined {
  return typeof packages === "string" ? undefined : packages;
}

/** After all functions were written. */
function waysIn({ resources }: ScanDocument, list: PathList): PageWays {
  const reached = reachedFromOutside(resources, list);
  return { nodes: list.nodes, paths: list.paths, reached };
}

function* roleLines({ roles = [], relations }: ScanDocument, shown: ReadonlySet<string>): Generator<PageRole> {
  const data = dataOfRoles(relations);
  for (const role of roles) if (shown.has(role.functionArn)) yield { ...role, ...(data.get(role.roleArn) ?? { reads: [], writes: [] }) };
}

function* texts(lines: Iterable<unknown>): Generator<string> {
  let before = "";
  for (const line of lines) {
    yield before + JSON.stringify(line);
    before = "\n";
  }
}

function* mapped<T, R>(things: readonly T[], one: (thing: T, place: number) => R): Generator<R> {
  for (const [place, thing] of things.entries()) yield one(thing, place);
}

function chosenFunctions(document: ScanDocument, { functions }: Detail): readonly FunctionFacts[] {
  return document.functions.length <= functions
    ? document.functions
    : sortFunctions(document, document.functions, "interest").slice(0, functions);
}

function daysText(packed: string | undefined, firstDay: number): string {
  return packed === undefined ? "" : dailyText(unpackDays(packed), firstDay);
}
