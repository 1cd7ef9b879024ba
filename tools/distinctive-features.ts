/** Chooses what tells packages apart: what stands in the code of one of them and of no other. Pure. */

import { featureOfText } from "../shared/libraries/packages/code-features.ts";

/** One version of a package: its features, each with its place, as people wrote it and as a minifier leaves it. */
export interface SeenVersion {
  readonly name: string;
  readonly version: string;
  readonly written: ReadonlyMap<number, number>;
  readonly minified: ReadonlyMap<number, number>;
  /** Other packages that it asks for, as it writes them. */
  readonly asksFor: readonly string[];
}

export interface Generation {
  readonly kept: readonly number[];
  readonly lost: readonly number[];
}

/** As many say enough; they are spread over the code, of which a bundler may leave out parts. */
const most = 16;
const least = 3;
/** Of the versions looked at, so many have a feature. */
const share = 0.8;
/** With fewer in common, the code was written anew in between: its versions are told by thirds. */
const leastInCommon = 6;

/** By name; packages of which nothing is their own are left out. */
export function distinctiveFeatures(seen: readonly SeenVersion[]): Map<string, Generation[]> {
  const owners = ownersOf(seen);
  const byName = [...Map.groupBy(seen, ({ name }) => name)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    byName.flatMap(([name, versions]): [string, Generation[]][] => {
      const found = generationsOf(versions, (hash) => owners.get(hash) === name);
      return found.length > 0 ? [[name, found]] : [];
    }),
  );
}

/** Feature -> the only package that has it; null where several have it. */
function ownersOf(seen: readonly SeenVersion[]): Map<number, string | null> {
  // to name a package is not to have its code: a bundler replaces the name, and lists of dependencies are full of them
  const names = new Set(seen.flatMap(({ name, asksFor }) => [name, ...asksFor]));
  const owners = new Map<number, string | null>([...names].map((name) => [featureOfText(name), null]));
  for (const { name, written, minified } of seen)
    for (const hash of [...written.keys(), ...minified.keys()]) {
      const owner = owners.get(hash);
      owners.set(hash, owner === undefined || owner === name ? name : null);
    }
  return owners;
}

function generationsOf(versions: readonly SeenVersion[], isOwn: (hash: number) => boolean): Generation[] {
  const all = generationOf(versions, isOwn);
  const together = versions.length === 1 || all.kept.length >= leastInCommon;
  const thirds = together ? [versions] : inThirds(versions);
  return thirds.map((some) => generationOf(some, isOwn)).filter(({ kept, lost }) => kept.length + lost.length >= least);
}

function inThirds(versions: readonly SeenVersion[]): SeenVersion[][] {
  const inOrder = versions.toSorted((a, b) => a.version.localeCompare(b.version, "en", { numeric: true }));
  const size = Math.ceil(inOrder.length / 3);
  return [0, 1, 2].map((n) => inOrder.slice(n * size, (n + 1) * size)).filter((some) => some.length > 0);
}

function generationOf(versions: readonly SeenVersion[], isOwn: (hash: number) => boolean): Generation {
  return {
    kept: chosen(versions.map(({ minified }) => [...minified].filter(([hash]) => isOwn(hash)))),
    lost: chosen(versions.map(({ written, minified }) => [...written].filter(([hash]) => isOwn(hash) && !minified.has(hash)))),
  };
}

/** Those that enough versions have, evenly from the beginning of the code to its end. */
function chosen(perVersion: readonly (readonly [number, number])[][]): number[] {
  const counts = new Map<number, { readonly times: number; readonly place: number }>();
  for (const features of perVersion)
    for (const [hash, place] of features) counts.set(hash, { times: (counts.get(hash)?.times ?? 0) + 1, place });
  const common = [...counts].filter(([, { times }]) => times >= perVersion.length * share);
  const inOrder = common.toSorted(([, a], [, b]) => a.place - b.place).map(([hash]) => hash);
  return inOrder.length <= most ? inOrder : Array.from({ length: most }, (_, n) => inOrder[Math.floor((n * inOrder.length) / most)] ?? 0);
}
