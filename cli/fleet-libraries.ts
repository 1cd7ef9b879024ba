/** `smalltarget libraries`: what the last scan knows of the packages in all functions, from its posting index alone. */
import type { Command } from "commander";
import { readCurrent } from "../shared/advisory-feeds/current-advisories.ts";
import { kindOf, layerArnOf } from "../shared/artifacts/kept-artifact.ts";
import { compareHoles } from "../shared/libraries/match-packages.ts";
import { PackageSpecError, packageSpec, type Wanted } from "../shared/libraries/package-spec.ts";
import { type KeptList, unpackedList } from "../shared/libraries/packages/kept-list.ts";
import { purlOf } from "../shared/libraries/packages/purl.ts";
import { compareVersions } from "../shared/libraries/versions/orders.ts";
import { lambdaNameOf, parseArn } from "../shared/model/arn.ts";
import type { ContentCounts } from "../shared/model/libraries.ts";
import { cleanText } from "../shared/model/plain-text.ts";
import { advisoryTexts } from "../shared/report/advisories-text.ts";
import { contentsText } from "../shared/report/contents-text.ts";
import { toJson } from "../shared/report/json.ts";
import { type LibraryRow, type LibraryUser, librariesCsv, librariesJson, librariesTable } from "../shared/report/library-rows.ts";
import { type ArtifactUse, type Found, findPackages } from "../shared/scan/posting-blob.ts";
import { type FunctionArtifacts, listsOf, nothingListed, usesOf } from "./function-artifacts.ts";
import { lastDone, type ReadOptions } from "./last-scan.ts";
import { nearest } from "./nearest.ts";
import { sameCommand } from "./same-command.ts";
import { outputLook, print, say } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface LibrariesOptions extends ReadOptions {
  readonly function?: string;
  readonly package?: string;
  readonly vulnerable?: boolean;
  readonly all?: boolean;
  readonly output: "table" | "json" | "csv";
}

/** Lines of a table before it asks for `--all`. */
const most = 50;

export async function fleetLibraries(options: LibrariesOptions, command: Command): Promise<void> {
  const again = sameCommand(command, { all: true });
  const spec = options.package === undefined ? undefined : specOf(options.package);
  await lastDone(options, async ({ account }, { blobs }) => {
    const names = new Set<string>();
    let isThere = false;
    const asked = options.function === undefined ? undefined : await usesOf(blobs, account, options.function);
    const lists = asked && (await listsOf(blobs, account, asked.artifacts));
    const own =
      lists && new Set([...lists.values()].flatMap(({ packages }) => packages.map(([ecosystem, name]) => `${ecosystem} ${name}`)));
    const wants: Wanted = (ecosystem, name) => {
      if (own && !own.has(`${ecosystem} ${name}`)) return undefined;
      const isWanted = spec ? spec(ecosystem, name) : () => true;
      if (isWanted) isThere = true;
      else names.add(name);
      return isWanted;
    };
    const index = await findPackages(blobs, account, wants);
    if (!index) throw nothingListed();
    const usersOf = usersIn(asked);
    const rows = index.found
      .filter(({ holes }) => !options.vulnerable || holes !== undefined)
      .map((found) => rowOf(found, usersOf))
      .filter(({ functions }) => functions.length > 0)
      .toSorted(byGravity);
    if (!isThere && names.size > 0) {
      say(`no function has a package ${options.package}; the nearest name is ${nearest(nameIn(options.package), [...names])}`);
    }
    if (!asked) {
      const contents = contentsText(index.contents);
      if (contents && !options.quiet) say(contents);
      const current = options.quiet ? undefined : await readCurrent(blobs);
      for (const one of advisoryTexts(current?.feeds, new Date())) say(`advisories ${one}`);
      print(textOf(rows, { contents: index.contents }, options, again));
      return;
    }
    const coverage = asked.artifacts.map(({ key, unread }) => coverageOf(key, lists?.get(key), unread));
    print(textOf(withEvidence(rows, lists ?? new Map()), { coverage }, options, again));
  });
}

/** How much of an artifact is known, in words. */
interface ArtifactCoverage {
  readonly artifact: string;
  readonly status: string;
  readonly statements: readonly string[];
}

interface Known {
  readonly contents?: ContentCounts;
  readonly coverage?: readonly ArtifactCoverage[];
}

function textOf(rows: readonly LibraryRow[], known: Known, options: LibrariesOptions, again: string): string {
  const { output, all } = options;
  if (output === "json") return toJson({ packages: librariesJson(rows), ...known });
  if (output === "csv") return librariesCsv(rows);
  const by = options.function !== undefined ? "evidence" : options.package !== undefined ? "function" : "package";
  const lines = rows.length === 0 ? ["No package of the last scan answers to that."] : librariesTable(rows, by, outputLook());
  const more = lines.length - 1 - most;
  const shown = all || more <= 0 ? lines : [...lines.slice(0, most + 1), `... ${more} more: ${again}`];
  const told = (known.coverage ?? []).map(({ artifact, status, statements }) => `${artifact}: ${status}: ${statements.join("; ")}`);
  return [...shown, ...(told.length > 0 ? ["", ...told] : [])].join("\n");
}

function coverageOf(key: string, list: KeptList | undefined, unread: string | undefined): ArtifactCoverage {
  const kind = kindOf(key);
  const artifact = kind === "layer" ? cleanText(key, 300) : kind;
  if (unread !== undefined || !list) return { artifact, status: "not read", statements: [cleanText(unread ?? "its list is gone", 500)] };
  const { status, statements } = list.coverage;
  return { artifact, status, statements: statements.map((one) => cleanText(one, 500)) };
}

/** The functions that have an artifact, each made once for all packages in it; of one function, that one. */
function usersIn(asked: FunctionArtifacts | undefined): (artifact: ArtifactUse) => readonly LibraryUser[] {
  const known = new Map<ArtifactUse, readonly LibraryUser[]>();
  return (artifact) => {
    const before = known.get(artifact);
    if (before) return before;
    const meant = asked ? artifact.usedBy.filter(([arn]) => arn === asked.arn) : artifact.usedBy;
    const users = meant.map(([arn, version]) => userOf(arn, artifact.key, version));
    known.set(artifact, users);
    return users;
  };
}

function rowOf({ artifacts, ...found }: Found, usersOf: (artifact: ArtifactUse) => readonly LibraryUser[]): LibraryRow {
  return {
    purl: purlOf(found.ecosystem, found.name, found.version),
    ...found,
    functions: artifacts.flatMap(usersOf).toSorted((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1)),
  };
}

function userOf(arn: string, key: string, version: string | undefined): LibraryUser {
  const via = layerArnOf(key) ?? (version === undefined ? kindOf(key) : `version ${version}`);
  return { arn, name: lambdaNameOf(arn).name ?? arn, region: parseArn(arn)?.region ?? "", via };
}

/** What is known only of each artifact. */
function withEvidence(rows: readonly LibraryRow[], lists: ReadonlyMap<string, KeptList>): LibraryRow[] {
  const told = new Map<string, Pick<LibraryRow, "confidence" | "evidence">>();
  for (const list of lists.values()) {
    for (const { purl, confidence, evidence } of unpackedList(list).packages) {
      if (!told.has(purl)) told.set(purl, { confidence, evidence: `${evidence.how}: ${evidence.path}` });
    }
  }
  return rows.map((row) => ({ ...row, ...told.get(row.purl) }));
}

/** Vulnerable ones first, gravest first; then by name and version. */
function byGravity(a: LibraryRow, b: LibraryRow): number {
  if (a.holes && b.holes) return compareHoles(a.holes, b.holes) || byName(a, b);
  return Number(b.holes !== undefined) - Number(a.holes !== undefined) || byName(a, b);
}

function byName(a: LibraryRow, b: LibraryRow): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.ecosystem === b.ecosystem ? compareVersions(a.ecosystem, a.version ?? "", b.version ?? "") : a.ecosystem < b.ecosystem ? -1 : 1;
}

function specOf(text: string): Wanted {
  try {
    return packageSpec(text);
  } catch (error) {
    throw error instanceof PackageSpecError ? new UsageError(`--package ${error.message}`) : error;
  }
}

function nameIn(spec = ""): string {
  return spec.replace(/(?<=.)@[^/@]*$/, "");
}
