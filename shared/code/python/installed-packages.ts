/** Packages that were installed beside a function's own code, apart from that. */
import { isTabled } from "../../data/python-libraries.ts";
import { installedBy, isVendored, isWellKnown, wantsFile } from "./installed.ts";

export interface File {
  readonly path: string;
  readonly text: string;
}

/** A package beside the function's own code. */
export interface Installed {
  readonly name: string;
  /** Where it begins, without ending: `orders_lib`, `vendored/orders_lib`. */
  readonly place: string;
  readonly code: readonly File[];
  /** The folders `orders_lib-1.2.dist-info` that may be about it. */
  readonly releases: readonly string[];
  /** What was installed says of itself; undefined: it was not read, or says nothing. */
  readonly about: string | undefined;
}

/** Where packages are put that are no part of the code's own tree; the last ones in layers. */
export const vendored = [
  "vendored",
  "_vendor",
  "site-packages",
  ...[9, 10, 11, 12, 13, 14].map((minor) => `python/lib/python3.${minor}/site-packages`),
];
/** Whether the code of a package is looked at: not where everybody knows it, or tables tell what it calls. */
export function isLookedInto(name: string): boolean {
  return name !== "" && !isWellKnown(name) && !isTabled(name);
}

/** Files of the function itself, and packages beside it that are worth a look. */
export function apart(files: readonly File[]): { readonly own: ReadonlyMap<string, string>; readonly installed: readonly Installed[] } {
  const places = new Map<string, File[]>();
  const told = new Map<string, string>();
  for (const { path, text } of files) {
    for (const place of installedBy(path, text)) {
      places.set(place, []);
      told.set(place, folderOf(path));
    }
  }
  const own = new Map<string, string>();
  for (const file of files) {
    if (!file.path.endsWith(".py")) continue;
    const place = placeIn(file.path) ?? around(file.path, places);
    if (place === undefined) {
      if (wantsFile(file.path, 1)) own.set(file.path, file.text);
    } else places.set(place, [...(places.get(place) ?? []), file]);
  }
  const releasesOf = releasesAmong(files.map(({ path }) => path));
  const abouts = new Map<string, File>();
  for (const file of files.toReversed()) if (/\/(METADATA|PKG-INFO)$/.test(file.path)) abouts.set(folderOf(file.path), file);
  const installed = [...places].map(([place, code]): Installed => {
    const releases = [told.get(place) ?? [], releasesOf(place)].flat();
    const about = releases.map((folder) => abouts.get(folder)).find((one) => one !== undefined);
    return { name: place.slice(place.lastIndexOf("/") + 1), place, code, releases, about: about?.text };
  });
  return { own, installed: installed.filter(({ name }) => isLookedInto(name)) };
}

/** The package in which a file lies, in a folder of packages; undefined: it lies in none. */
export function placeIn(path: string): string | undefined {
  const folder = vendored.find((one) => path.startsWith(`${one}/`));
  if (folder === undefined || !isVendored(path)) return undefined;
  return `${folder}/${path
    .slice(folder.length + 1)
    .split("/")[0]
    ?.replace(/\.py$/, "")}`;
}

function around(path: string, places: ReadonlyMap<string, unknown>): string | undefined {
  const bare = path.replace(/\.py$/, "");
  if (places.has(bare)) return bare;
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1))
    if (places.has(path.slice(0, at))) return path.slice(0, at);
  return undefined;
}

/** Of `orders_lib` the folders `orders_lib-1.2.dist-info` beside it, among those of these paths. */
export function releasesAmong(paths: readonly string[]): (place: string) => readonly string[] {
  const plain = (name: string) => name.replaceAll(/[-.]/g, "_").toLowerCase();
  const folders = new Set(paths.flatMap((path) => /^(.+\.(?:dist|egg)-info)\//.exec(path)?.[1] ?? []));
  const byPlace = Map.groupBy(folders, (folder) => plain(folder.replace(/\.(?:dist|egg)-info$/, "").replace(/-\d[^/]*$/, "")));
  return (place) => byPlace.get(plain(place)) ?? [];
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
