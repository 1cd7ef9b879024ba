/** What is in one layer of an image, as it is kept: so that images with that layer can be put together without reading it again. */
import type { Collected } from "../../artifacts/collected.ts";
import type { LayerChanges, LayerInspector } from "../../artifacts/inspect-layer.ts";
import { isBundleFile } from "./bundled-javascript.ts";
import {
  isAwsLanguage,
  isAwsProgram,
  isAwsRuntime,
  isOfSystem,
  isOwnInstaller,
  isToolsFolder,
  isUnderAwsLanguage,
  systemListOf,
  systemPythonNote,
} from "./image-places.ts";
import { isNodeManifest } from "./node-modules.ts";
import { packageInspector, readAll } from "./package-inspector.ts";
import { type FoundPackage, jsonObject } from "./package-reader.ts";

interface Untold {
  readonly file: string;
  readonly why: string;
}

export interface LayerContents extends LayerChanges {
  /** Each package once for each file that tells of it. */
  readonly found: readonly FoundPackage[];
  /** Other files that were looked at: they take the place of those of lower layers. */
  readonly files: readonly string[];
  readonly statements: readonly string[];
  readonly opaque: readonly Untold[];
  readonly unread: readonly Untold[];
  /** A list of everything that the function ships is in it. */
  readonly isWhole?: true;
  /** More was found than is kept. */
  readonly overflowed?: true;
  /** Kinds of lists of the operating system's packages that it writes: `rpm`. */
  readonly systems: readonly string[];
  /** How many packages of AWS's base image were left out. */
  readonly ofAws: number;
}

/** As many as are kept of an artifact. */
const mostFound = 20_000;
/** A word. */
const longestInstaller = 1024;

export function layerInspector(): LayerInspector<LayerContents> {
  const { wishOf, digest, missing } = packageInspector();
  return {
    wishOf(path, bytes) {
      if (systemListOf(path) !== undefined || isAwsLanguage(path)) return "name";
      const note = systemPythonNote(path)?.note;
      if (note !== undefined) return note === "INSTALLER" && bytes <= longestInstaller ? "content" : "name";
      return isOfSystem(path) || isAwsProgram(path) ? undefined : wishOf(path, bytes);
    },
    digest,
    missing,
    mayMiss: (path) => isNodeManifest(path) || isBundleFile(path),
    essenceOf(path, content) {
      if (!isNodeManifest(path)) return content;
      const { name, version } = jsonObject(content.toString("utf8")) ?? {};
      return Buffer.from(JSON.stringify({ name, version }));
    },
    read: contentsOf,
  };
}

/** Without packages that the distribution put among its own. */
function withoutSystem(found: Collected): Collected {
  const own = new Set(
    found.files.flatMap(({ path, content }) => {
      const note = systemPythonNote(path);
      return note?.note === "INSTALLER" && isOwnInstaller(content.toString("utf8")) ? [note.folder] : [];
    }),
  );
  const isKept = ({ path }: { readonly path: string }) => {
    const note = systemPythonNote(path);
    return note === undefined || own.has(note.folder);
  };
  return { ...found, names: found.names.filter(isKept), files: found.files.filter(isKept) };
}

function contentsOf(all: Collected, { removed, emptied, links }: LayerChanges): LayerContents {
  const found = withoutSystem(all);
  const hasLanguage = found.names.some(({ path }) => isAwsLanguage(path));
  const isOfAws = ({ path, ecosystem }: FoundPackage) =>
    (isAwsRuntime(path) && ecosystem !== "Go") || (hasLanguage && isUnderAwsLanguage(path));
  const each = new Map<string, FoundPackage>();
  const ofAws = new Set<string>();
  const told = readAll(found, (one) => {
    const { ecosystem, name, version, path, declared = false } = one;
    const key = `${ecosystem}\n${name}\n${version}\n${path}\n${declared}`;
    if (isOfAws(one)) ofAws.add(`${ecosystem} ${name}`);
    else if (each.size < mostFound || each.has(key)) each.set(key, better(each.get(key), one));
  });
  const paths = new Set([...each.values()].map(({ path }) => outerOf(path)));
  const systems = new Set(found.names.flatMap(({ path }) => systemListOf(path) ?? []));
  const contents: LayerContents = {
    found: [...each.values()],
    files: found.names.flatMap(({ path }) => (path.includes("!/") || paths.has(path) ? [] : [path])),
    removed: removed.filter((path) => !isOfSystem(`${path}/`) || isRoot(path)),
    emptied: emptied.filter((path) => !isOfSystem(`${path}/`) || isRoot(path)),
    links: links.filter((path) => !isOfSystem(path)),
    statements: told.flatMap(({ statements }) => statements),
    opaque: told.flatMap(({ opaque }) => opaque).filter(({ file }) => !isToolsFolder(file) && !(isAwsRuntime(file) && hasLanguage)),
    unread: found.unread,
    ...(told.some(({ isWhole }) => isWhole) ? { isWhole: true } : {}),
    ...(each.size >= mostFound ? { overflowed: true } : {}),
    systems: [...systems].toSorted(),
    ofAws: ofAws.size,
  };
  // names cut out of a bundle would keep all of it in memory
  return JSON.parse(JSON.stringify(contents)) as LayerContents;
}

/** Of everything that is named in it, characters. */
export function namesLengthOf({ found, files, removed, emptied, links }: LayerContents): number {
  const ofFound = found.reduce((sum, { path, name, version }) => sum + path.length + name.length + (version?.length ?? 0), 0);
  return [files, removed, emptied, links].flat().reduce((sum, name) => sum + name.length, ofFound);
}

/** What installers put into folders of the system goes with those. */
function isRoot(path: string): boolean {
  return /^usr(?:\/lib(?:64)?(?:\/ruby|\/python3[^/]*(?:\/.*)?)?)?$/.test(path);
}

/** Of an archive what lies in it has no path of its own. */
export function outerOf(path: string): string {
  const end = path.indexOf("!/");
  return end < 0 ? path : path.slice(0, end);
}

const ranks = { high: 2, medium: 1, low: 0 } as const;

function better(before: FoundPackage | undefined, { root: _, ...one }: FoundPackage): FoundPackage {
  if (!before) return one;
  const best = ranks[one.confidence] > ranks[before.confidence] ? one : before;
  const need = before.need ?? one.need;
  return { ...best, ...(need ? { need } : {}), ...(before.isAnotherCopy || one.isAnotherCopy ? { isAnotherCopy: true } : {}) };
}
