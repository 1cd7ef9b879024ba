/** The packages beside a function's own code among the files that were read (more-packages.ts), and what could not be read of them. */
import { withLoaders } from "../loaded-by.ts";
import { mentionsAsking } from "./asking-packages.ts";
import { mentionsAws } from "./libraries.ts";
import { isRead } from "./more-packages.ts";
import { type Manifest, manifestOf } from "./package-manifest.ts";
import { namesIn, packageAt } from "./package-places.ts";
import type { ReadPackage } from "./program.ts";

interface File {
  readonly path: string;
  readonly text: string;
}

export interface Packages<F extends File> {
  /** Own code, and that of packages in which something names AWS, or which load such a package. */
  readonly files: readonly F[];
  readonly read: Map<string, ReadPackage>;
  /** Names of packages that were looked at and have nothing to do with the SDK. */
  readonly withoutSdk: ReadonlySet<string>;
  /** Names of packages that may ask AWS, and of which no code could be read. */
  readonly closed: ReadonlySet<string>;
}

interface Found<F> {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly code: F[];
}

export function packagesAmong<F extends File>(files: readonly F[]): Packages<F> {
  const found = foundIn(files);
  const read = concerned(found);
  const named = new Set(read.map(({ name }) => name));
  return {
    withoutSdk: new Set(found.filter(({ name, manifest: { asks } }) => asks === "no" && !named.has(name)).map(({ name }) => name)),
    files: [...files.filter(({ path }) => packageAt(path) === undefined && !isManifest(path)), ...read.flatMap(({ code }) => code)],
    // of two that have one name, the one that most files see
    read: new Map(
      read
        .toSorted((a, b) => b.folder.length - a.folder.length)
        .map(({ name, folder, manifest: { main, entries, isPublished } }) => [name, { folder, main, entries, isPublished }]),
    ),
    closed: new Set(
      found.filter(({ code, manifest }) => code.length === 0 && isRead(manifest) && manifest.asks !== "perhaps").map(({ name }) => name),
    ),
  };
}

function foundIn<F extends File>(files: readonly F[]): readonly Found<F>[] {
  const found = new Map<string, Found<F>>();
  const manifests = new Map(files.filter(({ path }) => isManifest(path)).map(({ path, text }) => [path, text]));
  for (const file of files) {
    const at = packageAt(file.path);
    if (!at) continue;
    const { name, folder } = at;
    const one = found.get(folder) ?? { name, folder, manifest: manifestOf(manifests.get(`${folder}/package.json`) ?? ""), code: [] };
    found.set(folder, one);
    if (!isManifest(file.path)) one.code.push(file);
  }
  return [...found.values()];
}

/** Those that name something of AWS, and those that load them. */
function concerned<F extends File>(found: readonly Found<F>[]): readonly Found<F>[] {
  return withLoaders(
    found,
    ({ code, manifest }) => code.some(({ text }) => names(text, manifest)),
    ({ code }) => code.flatMap(({ text }) => [...namesIn(text)]),
  );
}

/** Published code often only has a word of AWS in it. */
function names(text: string, { isPublished }: Manifest): boolean {
  return (isPublished ? /["'`](@aws-sdk\/(client|lib)-|aws-sdk\b)/.test(text) : mentionsAws(text)) || mentionsAsking(text);
}

function isManifest(path: string): boolean {
  return path.endsWith("/package.json") || path === "package.json";
}
