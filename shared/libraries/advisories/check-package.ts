/** Which known holes a version of a package has, and what is the smallest step out of all of them. */
import { type Severity, severityRank } from "../../model/finding.ts";
import type { Ecosystem } from "../../model/packages.ts";
import { isIn } from "../packages/java-group.ts";
import type { Gravity } from "./advisory.ts";
import { type AdvisoryIndex, type Entry, isAffected } from "./advisory-index.ts";
import { compareIds } from "./alias-groups.ts";
import { type Exploited, nothingExploited } from "./exploited.ts";
import { holdsRun, isBeyond, versionRuns } from "./version-runs.ts";

/** One hole, under all its names. */
export interface Hole {
  /** Of the advisories that say so: GHSA before CVE before others. */
  readonly ids: readonly string[];
  /** Its other names. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly severityBy: Gravity["by"];
  /** CVSS, 0 to 10; absent where nobody gives a vector that can be computed. */
  readonly score?: number;
  /** The package itself was made to harm: it has to be removed. */
  readonly malicious: boolean;
  /** It is known to be used, by CISA's list; the day by which it wants it mended, or "". */
  readonly exploitedDue?: string;
  /** Percentile of EPSS, 0 to 1. */
  readonly epss?: number;
}

export interface CheckedPackage {
  /** Gravest first. */
  readonly holes: readonly Hole[];
  /** The smallest version that is known to mend something, and has no known hole; null: there is none, or nothing to mend. */
  readonly fixed: string | null;
  /** Whether that step leaves the major version. */
  readonly majorJump: boolean;
  /** Of a jar that does not say its group: which package it is taken for. */
  readonly as?: string;
}

/** Why it cannot be told, in words. */
export interface UntoldPackage {
  readonly unknown: string;
}

const nothingFound: CheckedPackage = { holes: [], fixed: null, majorJump: false };

/** What is asked about. */
export interface AskedPackage {
  readonly ecosystem: Ecosystem;
  /** As `comparableName` makes it. */
  readonly name: string;
  readonly version: string | null;
  /** As `Package.versionRange`. */
  readonly versionRange?: string;
  /** Of a jar whose group is probable or not known: where its classes lie. */
  readonly classes?: string;
}

export function checkPackage(
  index: AdvisoryIndex,
  { ecosystem, name, version, versionRange, classes }: AskedPackage,
  exploited: Exploited = nothingExploited,
): CheckedPackage | UntoldPackage {
  if (!index.ecosystems.has(ecosystem)) return { unknown: `there are no advisories of ${ecosystem}` };
  if (ecosystem === "Maven" && (classes !== undefined || !name.includes(":")))
    return checkJar(index, { name, version, classes }, exploited);
  return version === null && versionRange !== undefined
    ? checkRange(index, { ecosystem, name, range: versionRange }, exploited)
    : checkNamed(index, ecosystem, name, version, exploited);
}

/**
 * A jar that does not say its group: what is known of the only group with such an artifact holds for it where its classes lie in that group,
 * or where what tells its group names that one. Otherwise it holds only where all of them say the same: nothing.
 */
function checkJar(
  index: AdvisoryIndex,
  { name, version, classes = "" }: Pick<AskedPackage, "name" | "version" | "classes">,
  exploited: Exploited,
): CheckedPackage | UntoldPackage {
  const artifact = name.slice(name.indexOf(":") + 1);
  const candidates = index.mavenNames(artifact);
  const [only] = candidates;
  const isOnly = candidates.length === 1 && only !== undefined && isIn(classes, only.slice(0, only.indexOf(":")));
  const as = candidates.includes(name) ? name : isOnly ? only : undefined;
  if (as !== undefined) {
    const checked = checkNamed(index, "Maven", as, version, exploited);
    return "unknown" in checked ? checked : { ...checked, as };
  }
  const open = candidates.find((candidate) => {
    const checked = checkNamed(index, "Maven", candidate, version, exploited);
    return "unknown" in checked || checked.holes.length > 0;
  });
  return open === undefined ? nothingFound : { unknown: `there are advisories about ${open}, and whether the jar is that nothing tells` };
}

function checkNamed(
  index: AdvisoryIndex,
  ecosystem: Ecosystem,
  name: string,
  version: string | null,
  exploited: Exploited,
): CheckedPackage | UntoldPackage {
  const known = index.package(ecosystem, name);
  if (!known) return nothingFound;
  if (version === null) return { unknown: `there are advisories about ${name}, and its version is not given` };
  // `latest`, `^1.0.0`, `(devel)`, `file:../x2`: what that was is not known; Maven's `test-6.0.0` is a version
  if (!/\d/.test(version) || /[/:*<>^~|$\s]/.test(version))
    return { unknown: `there are advisories about ${name}, and "${version}" is no version` };
  const key = known.order.parse(version);
  const open = known.entries.filter((entry) => isAffected(entry, key, known.order));
  if (open.length === 0) return nothingFound;
  const fixed = known.clean.find((candidate) => known.order.compare(candidate.key, key) > 0)?.text;
  return { holes: holesOf(index, open, exploited), ...stepTo(fixed, [version]) };
}

/** @param from versions of which it is one, or between which it lies */
function stepTo(fixed: string | undefined, from: readonly string[]): Pick<CheckedPackage, "fixed" | "majorJump"> {
  return { fixed: fixed ?? null, majorJump: fixed !== undefined && !from.every((version) => majorOf(version) === majorOf(fixed)) };
}

interface AskedRange {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly range: string;
}

/** Of a version that is not known: what every one that it may be has. Where some have a hole and others do not, nothing can be told. */
function checkRange(index: AdvisoryIndex, { ecosystem, name, range }: AskedRange, exploited: Exploited): CheckedPackage | UntoldPackage {
  const known = index.package(ecosystem, name);
  if (!known) return nothingFound;
  const { order, clean, entries } = known;
  const runs = versionRuns(range, order);
  const open = runs && entries.filter(({ intervals }) => runs.every((run) => intervals.some((interval) => holdsRun(interval, run, order))));
  if (!open || open.length === 0)
    return { unknown: `there are advisories about ${name}, and of its version it is known only that it is ${range}` };
  const fixed = clean.find(({ key }) => runs.every((run) => isBeyond(key, run, order)))?.text;
  const ends = runs.flatMap(({ from, to }) => [from?.text ?? [], to?.text ?? []].flat());
  return { holes: holesOf(index, open, exploited), ...stepTo(fixed, ends) };
}

function holesOf(index: AdvisoryIndex, open: readonly Entry[], exploited: Exploited): Hole[] {
  const groups = Map.groupBy(open, ({ advisory }) => index.groups.groupOf(advisory.id));
  return [...groups.values()].map((entries) => holeOf(entries, exploited)).toSorted(compareHoles);
}

/** Every id of an advisory that is open for it, GHSA before CVE. */
export function idsOf({ holes }: CheckedPackage): readonly string[] {
  return holes.flatMap(({ ids }) => ids).toSorted(compareIds);
}

function holeOf(entries: readonly Entry[], { kev, epss }: Exploited): Hole {
  const ids = new Set(entries.map(({ advisory }) => advisory.id));
  const aliases = new Set(entries.flatMap(({ advisory }) => advisory.aliases ?? []).filter((alias) => !ids.has(alias)));
  const names = [...ids, ...aliases, ...entries.flatMap(({ advisory }) => advisory.upstream ?? [])];
  const gravest = entries.map(({ gravity }) => gravity).toSorted(compareGravity)[0];
  const due = names.flatMap((name) => kev.get(name) ?? []).toSorted()[0];
  const odds = names.flatMap((name) => epss.get(name) ?? []);
  return {
    ids: [...ids].toSorted(compareIds),
    aliases: [...aliases].toSorted(compareIds),
    severity: gravest?.severity ?? "MEDIUM",
    severityBy: gravest?.by ?? "nobody",
    ...(gravest?.score === undefined ? {} : { score: gravest.score }),
    malicious: entries.some(({ advisory }) => advisory.malicious),
    ...(due === undefined ? {} : { exploitedDue: due }),
    ...(odds.length === 0 ? {} : { epss: Math.max(...odds) }),
  };
}

/** What nobody graded comes after what somebody did: its MEDIUM is ours. */
function compareGravity(a: Entry["gravity"], b: Entry["gravity"]): number {
  const nobody = ({ by }: Entry["gravity"]) => Number(by === "nobody");
  return nobody(a) - nobody(b) || severityRank(a.severity) - severityRank(b.severity) || (b.score ?? 0) - (a.score ?? 0);
}

/** Known to be used, then made to harm, then by odds and by how grave. */
function compareHoles(a: Hole, b: Hole): number {
  const exploited = ({ exploitedDue }: Hole) => Number(exploitedDue === undefined);
  return (
    exploited(a) - exploited(b) ||
    Number(b.malicious) - Number(a.malicious) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    (b.epss ?? 0) - (a.epss ?? 0) ||
    compareIds(a.ids[0] ?? "", b.ids[0] ?? "")
  );
}

const majorOf = (version: string) => /\d+/.exec(version)?.[0].replace(/^0+(?=\d)/, "");
