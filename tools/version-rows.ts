/** What shared/data/bundled-versions.json says of each package. */
import { type SaidVersions, type SeenMark, type SeenPackage, unsureVersions, versionMarks, versionSites } from "./version-evidence.ts";

/** Feature -> the only package that has it; null where several have it. */
function ownersOf(looked: readonly SeenPackage[]): Map<number, string | null> {
  const owners = new Map<number, string | null>();
  for (const { name, seen } of looked) {
    const family = familyOf(name);
    for (const { all } of seen)
      for (const hash of all) {
        const owner = owners.get(hash);
        if (owner === undefined) owners.set(hash, family);
        else if (owner !== family && owner !== null) owners.set(hash, null);
      }
  }
  return owners;
}

/** Of one source, published under several names. */
const familyOf = (name: string) => name.replace(/^lodash[.-].*/, "lodash");

/** Releases beside those that were seen. */
export type Others = (name: string, versions: readonly string[]) => Promise<readonly SaidVersions[]>;

async function rowOf({ name, published, seen }: SeenPackage, isOwn: (hash: number) => boolean, others: Others): Promise<unknown> {
  const sites = versionSites(seen, isOwn);
  const marks = versionMarks(seen, isOwn);
  if (sites.length === 0 && marks.length === 0) return undefined;
  const unseen = published.filter((one) => seen.every(({ version }) => version !== one));
  const unsure = sites.length === 0 ? [] : unsureVersions(sites, [...seen, ...(await others(name, unseen))]);
  const releases = seen.map(({ version }) => version);
  const places = releases.map((one) => published.indexOf(one));
  // whether something was published before the first, between one and the next
  const gaps = places.map((place, n) => (place - (places[n - 1] ?? -1) > 1 ? "1" : "0")).join("");
  const groups = [...Map.groupBy(marks, (mark) => runsOf(mark.releases, seen.length))].map(([runs, some]) => [
    runs,
    encoded(some.filter(({ isText }) => isText)),
    encoded(some.filter(({ isText }) => !isText)),
  ]);
  return { releases, gaps, sites: sites.map(({ before, near }) => [before, base64(near, 4)]), unsure, marks: groups };
}

/** `0-3,7`. */
function runsOf(releases: bigint, count: number): string {
  const runs: [number, number][] = [];
  for (let n = 0; n < count; n += 1) {
    if (((releases >> BigInt(n)) & 1n) === 0n) continue;
    const last = runs.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

/** The number of each feature, and of three around it the lower halves. */
function encoded(marks: readonly SeenMark[]): string {
  return Buffer.concat(
    marks.map(({ hash, near }) =>
      Buffer.concat([
        bytesOf([hash], 4),
        bytesOf(
          [0, 1, 2].map((n) => near[n] ?? near[0] ?? 0),
          2,
        ),
      ]),
    ),
  ).toString("base64");
}

const base64 = (numbers: readonly number[], bytes: 2 | 4) => bytesOf(numbers, bytes).toString("base64");

function bytesOf(numbers: readonly number[], bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(numbers.length * bytes);
  for (const [n, one] of numbers.entries()) buffer.writeUIntLE(bytes === 4 ? one : one & 0xffff, n * bytes, bytes);
  return buffer;
}

/** Code that is no release that was looked at. */
export interface ElsewhereCode {
  readonly name: string;
  readonly hashes: Iterable<number>;
}

/**
 * By name; packages of which nothing tells a version are left out.
 * @param others asked of packages that say their version
 * @param elsewhere what stands in it, too, tells nothing: some releases have the code of others in them
 */
export async function versionRows(
  looked: readonly SeenPackage[],
  others: Others,
  elsewhere: AsyncIterable<ElsewhereCode> | Iterable<ElsewhereCode>,
): Promise<[string, unknown][]> {
  const owners = ownersOf(looked);
  for await (const { name, hashes } of elsewhere)
    for (const hash of hashes) if (owners.has(hash) && owners.get(hash) !== familyOf(name)) owners.set(hash, null);
  const rows: [string, unknown][] = [];
  for (const one of looked) {
    const row = await rowOf(one, (hash) => owners.get(hash) === familyOf(one.name), others);
    if (row !== undefined) rows.push([one.name, row]);
  }
  return rows;
}
