/** Chooses what tells the versions of a package apart: what stands in the code of some of them and not in that of the others. Pure. */
import type { VersionMark, VersionSite } from "../shared/data/bundled-versions.ts";
import type { VersionText } from "../shared/libraries/packages/code-features.ts";

/** The code of a release, and where it says a version. */
export interface SaidVersions {
  readonly version: string;
  /** What a bundler takes of it, minified: in order. */
  readonly code: Uint32Array;
  readonly versionTexts: readonly VersionText[];
}

/** One release of a package. */
export interface SeenRelease extends SaidVersions {
  /** Every feature of all its files, also of those that no bundler takes, and of what a minifier leaves of the code. */
  readonly all: Uint32Array;
  /** Of the code, what is a text or a pattern and no name. */
  readonly texts: ReadonlySet<number>;
}

export interface SeenPackage {
  readonly name: string;
  /** All its versions, in order. */
  readonly published: readonly string[];
  /** In order. */
  readonly seen: readonly SeenRelease[];
}

/** A feature with some that stand around it; in which releases it is, a bit each. */
export interface SeenMark extends Omit<VersionMark, "releases"> {
  readonly releases: bigint;
}

const around = { site: 16, mark: 8 };
const mostNear = { site: 6, mark: 3 };
const leastNear = { site: 3, mark: 2 };
/** In which a bundle may have what stands around a text: libraries/packages/bundled-versions.ts. */
const window = 24;
const marksPerStep = 3;
const marksOfAll = 8;

/** Feature -> the releases that have it, a bit each. */
function releasesOf(seen: readonly SeenRelease[]): Map<number, bigint> {
  const found = new Map<number, bigint>();
  for (const [n, { all }] of seen.entries()) for (const hash of all) found.set(hash, (found.get(hash) ?? 0n) | (1n << BigInt(n)));
  return found;
}

/** @param seen in order @param isOwn whether a feature is in no other package */
export function versionSites(seen: readonly SeenRelease[], isOwn: (hash: number) => boolean): VersionSite[] {
  const telling = seen.filter(({ version, versionTexts }) => versionTexts.some((one) => one.version === version));
  const releases = releasesOf(telling);
  const sites = new Map<string, VersionSite>();
  for (const one of telling.toReversed()) {
    for (const { at, before } of one.versionTexts.filter(({ version }) => version === one.version)) {
      if ([...sites.values()].some((site) => site.before === before && says(one, site, true))) continue;
      const near = nearest(one.code, at, "site", (hash) => isOwn(hash) && ones(releases.get(hash) ?? 0n) * 2 >= telling.length);
      if (near.length >= leastNear.site) sites.set(`${before} ${near.join()}`, { before, near });
    }
  }
  // where most releases say another version, it is that of something else
  return [...sites.values()].filter((site) => {
    const [right, wrong] = [true, false].map((isOwnVersion) => seen.filter((one) => says(one, site, isOwnVersion)).length);
    return (wrong ?? 0) * 2 < (right ?? 0);
  });
}

/** Versions that another release says there: nobody kept it up. @param seen all releases, so that what nobody looked at is none of them */
export function unsureVersions(sites: readonly VersionSite[], seen: readonly SaidVersions[]): string[] {
  const said = seen.flatMap((one) => sites.flatMap((site) => saidAt(one, site))).filter(({ isOwnVersion }) => !isOwnVersion);
  return [...new Set(said.map(({ version }) => version))];
}

function says(one: SaidVersions, site: VersionSite, isOwnVersion: boolean): boolean {
  return saidAt(one, site).some((said) => said.isOwnVersion === isOwnVersion);
}

/** As the reader of bundles does it. */
function saidAt({ version: own, code, versionTexts }: SaidVersions, site: VersionSite): { version: string; isOwnVersion: boolean }[] {
  return versionTexts.flatMap(({ at, before, version }) => {
    const there = new Set(code.subarray(Math.max(0, at - window), at + window));
    const count = site.near.filter((hash) => there.has(hash)).length;
    const isSaid = site.before === before && count >= Math.max(leastNear.site, Math.ceil(site.near.length * 0.6));
    return isSaid ? [{ version, isOwnVersion: version === own }] : [];
  });
}

function nearest(code: Uint32Array, at: number, of: "site" | "mark", isGood: (hash: number) => boolean): number[] {
  const found = new Set<number>();
  for (let step = 0; step <= around[of] && found.size < mostNear[of]; step += 1)
    for (const hash of [code[at + step], code[at - step - 1]])
      if (hash !== undefined && found.size < mostNear[of] && isGood(hash)) found.add(hash);
  return [...found];
}

/** Marks of every step from one release to the next, in both directions, and some that all have: two of those are two copies. */
export function versionMarks(seen: readonly SeenRelease[], isOwn: (hash: number) => boolean): SeenMark[] {
  const candidates = [...candidatesOf(seen, releasesOf(seen), isOwn)].toSorted(byWorth);
  const whole = (1n << BigInt(seen.length)) - 1n;
  const chosen = new Set<SeenMark>(
    spread(
      candidates.filter(({ releases }) => releases === whole),
      marksOfAll,
    ),
  );
  for (let i = 0; i + 1 < seen.length; i += 1) {
    const [earlier, later] = [1n << BigInt(i), 1n << BigInt(i + 1)];
    for (const [has, lacks] of [
      [later, earlier],
      [earlier, later],
    ] as const) {
      const fitting = candidates.filter(({ releases }) => (releases & has) !== 0n && (releases & lacks) === 0n);
      for (const mark of fitting.slice(0, marksPerStep)) chosen.add(mark);
    }
  }
  return [...chosen];
}

/** Texts before names, and those that more releases have. */
function byWorth(a: SeenMark, b: SeenMark): number {
  return Number(b.isText) - Number(a.isText) || ones(b.releases) - ones(a.releases) || a.hash - b.hash;
}

const ones = (bits: bigint) => bits.toString(2).replaceAll("0", "").length;

function spread<T>(all: readonly T[], most: number): T[] {
  return all.length <= most ? [...all] : Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)] as T);
}

function* candidatesOf(
  seen: readonly SeenRelease[],
  releases: ReadonlyMap<number, bigint>,
  isOwn: (hash: number) => boolean,
): Generator<SeenMark> {
  const done = new Set<number>();
  for (const { code, texts } of seen.toReversed()) {
    const counts = new Map<number, number>();
    for (const hash of code) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    for (const [at, hash] of code.entries()) {
      if (done.has(hash) || counts.get(hash) !== 1 || !isOwn(hash)) continue;
      const having = releases.get(hash) ?? 0n;
      const near = nearest(
        code,
        at,
        "mark",
        (other) => other !== hash && isOwn(other) && ((releases.get(other) ?? 0n) & having) === having,
      );
      if (near.length < leastNear.mark) continue;
      done.add(hash);
      yield { hash, near, isText: texts.has(hash), releases: having };
    }
  }
}
