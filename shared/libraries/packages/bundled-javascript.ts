/**
 * Packages in bundles of JavaScript: path comments and keys of esbuild and webpack, source maps of all bundlers, comments about licences,
 * package.json files that were inlined, and where nothing names them, what only their code has. Names are often there, versions seldom: then they are
 * told by what the code of some releases has (bundled-versions.ts), or null.
 */
import type { Found } from "../../artifacts/inspector.ts";
import { type BundleKind, bundleKind } from "./bundle-kind.ts";
import { NamedInFiles } from "./bundle-versions-told.ts";
import { namesIn } from "./bundled-names.ts";
import { type BundleFeatures, bundleFeatures } from "./bundled-versions.ts";
import { inlinedManifests, versionAfter } from "./inlined-manifests.ts";
import { namedByBlock, namedByLicences } from "./licence-comments.ts";
import { packageOfPath, pathsIn } from "./module-paths.ts";
import { type Add, asObject, asText, baseName, type FoundPackage, jsonObject, type PackageReader, type Told } from "./package-reader.ts";
import { sourcesOf } from "./source-maps.ts";

const notOwn = /(?:^|\/)(?:node_modules|site-packages|gems|_vendor|\.git)\/|\.(?:dist|egg)-info\/|!\//;
const code = /\.[cm]?js$/i;
const map = /\.[cm]?js\.map$/i;
const licences = /\.LICENSE\.txt$/i;
const metafile = /^(?:meta|metafile|[\w.-]*\.meta|[\w.-]+-meta)\.json$/i;
/** Where installers of Python lay it, static files for browsers lie beside it: nothing that the function runs. */
const isPython = /\.(?:dist|egg)-info(?:\/|$)/;
/** What stands before the path of a module in comments; a key is quoted, and what it is the key of follows. A text that mentions a path is none. */
const commentBefore = /(?:\/\/ |\*\*\* |MODULE: |internal:|webpack:)$/;
const quoteBefore = /["']$/;
const keyAfter = /^["']\s*[:(]/;

/** The files that are read for what is bundled in them, once the names of all files are known. */
export function bundleFiles({ names }: Found): string[] {
  if (names.some(({ path }) => isPython.test(path))) return [];
  return names.flatMap(({ path }) => (isBundleFile(path) ? [path] : []));
}

export function isBundleFile(path: string): boolean {
  return !notOwn.test(path) && (code.test(path) || map.test(path) || licences.test(path) || metafile.test(baseName(path)));
}

export const bundledJavascript: PackageReader = {
  wishOf: (path) => (isBundleFile(path) ? "name" : undefined),
  read({ files }, add): Told | undefined {
    const own = files.filter(({ path }) => isBundleFile(path)).map(({ path, content }) => ({ path, text: content.toString("utf8") }));
    const names = new Map<string, boolean>();
    const copies = new Map<string, Map<string, FoundPackage>>();
    const inFiles = new NamedInFiles();
    const put: Add = (found) => {
      if (found.root !== undefined) noteCopy(copies, found.root, found);
      names.set(found.name, (names.get(found.name) ?? false) || found.version !== null);
      inFiles.note(found);
      add(found);
    };
    const mapped = new Set<string>();
    const opaque: { file: string; why: string }[] = [];
    let isWhole = false;
    for (const { path, text } of own) {
      if (map.test(path) && addSources(text, path, put)) mapped.add(path.replace(/\.map$/i, ""));
      if (licences.test(path)) addLicences(text, path, put, (name) => names.has(name));
      if (metafile.test(baseName(path)) && addMetafile(text, path, put)) isWhole = true;
    }
    for (const { path, text } of own) {
      if (!code.test(path)) continue;
      const features = onceRead(text);
      const kind = readBundle(text, path, { hasMap: mapped.has(path), features }, put, (name) => names.has(name));
      if (text.length >= leastBundle) inFiles.look(path, features);
      if (kind.why !== undefined) opaque.push({ file: path, why: kind.why });
    }
    for (const found of inFiles.found()) {
      if (found.version !== null) names.set(found.name, true);
      add(found);
    }
    for (const found of unknownCopies(copies)) add({ ...found, isAnotherCopy: true });
    const known = [...names.values()].filter(Boolean).length;
    const statements = names.size > 0 ? [`bundled: ${names.size} names, ${known} versions known`] : [];
    return { statements, opaque, ...(isWhole ? { isWhole: true } : {}) };
  },
};

/** By name and folder what is known best. */
function noteCopy(copies: Map<string, Map<string, FoundPackage>>, root: string, found: FoundPackage): void {
  const ofName = copies.get(found.name) ?? new Map<string, FoundPackage>();
  if (ofName.get(root)?.version == null) ofName.set(root, found);
  copies.set(found.name, ofName);
}

/** Where there are several copies, those whose version nobody told: that of another copy is not theirs. */
function unknownCopies(copies: ReadonlyMap<string, ReadonlyMap<string, FoundPackage>>): FoundPackage[] {
  return [...copies.values()].flatMap((ofName) => (ofName.size > 1 ? [...ofName.values()].filter(({ version }) => version === null) : []));
}

const npm = { ecosystem: "npm" } as const;

/** In characters. A smaller file without comments about its modules is hardly a bundle. */
const leastBundle = 5_000;
/** Larger than nearly every module: a bundle that names its modules names more of them. */
const charactersPerModule = 30_000;

/** Reading takes long: it is done when it is first needed. */
function onceRead(text: string): () => BundleFeatures {
  let features: BundleFeatures | undefined;
  return () => (features ??= bundleFeatures(text));
}

interface OfBundle {
  /** A map of it was read already. */
  readonly hasMap: boolean;
  readonly features: () => BundleFeatures;
}

function readBundle(text: string, path: string, { hasMap, features }: OfBundle, add: Add, isNamed: (name: string) => boolean): BundleKind {
  const inline = inlineMap(text);
  const isMapped = hasMap || (inline !== undefined && addSources(inline, path, add));
  let modules = 0;
  // the map tells the same, and better; a text may hold its sources
  for (const { at, before, end } of isMapped ? [] : pathsIn(text)) {
    const isModule = commentBefore.test(before) || (quoteBefore.test(before) && keyAfter.test(text.slice(end, end + 4)));
    if (!at.isModule || !isModule) continue;
    modules += 1;
    const version = at.version ?? (at.inside === "package.json" ? versionAfter(text, end, at.name) : undefined) ?? null;
    add({ ...npm, name: at.name, version, confidence: "high", how: "path of a module in a bundle", path, root: at.root });
  }
  for (const { name, version } of inlinedManifests(text))
    add({ ...npm, name, version, confidence: "medium", how: "package.json in a bundle", path });
  addLicences(text, path, add, isNamed);
  // a package that brings a bundle of its own may name a few
  if (isMapped || modules * charactersPerModule > text.length) return {};
  if (text.length >= leastBundle) addByFeatures(features(), path, add);
  return bundleKind(text);
}

function addByFeatures(features: BundleFeatures, path: string, add: Add): void {
  const found = { ...npm, version: null, confidence: "medium", path } as const;
  for (const { name, how } of namesIn(features)) add({ ...found, name, how });
}

/** @param isNamed whether something else names a package */
function addLicences(text: string, path: string, add: Add, isNamed: (name: string) => boolean): void {
  const found = { ...npm, confidence: "medium", path } as const satisfies Partial<FoundPackage>;
  for (const name of namedByBlock(text)) add({ ...found, name, version: null, how: "licence block of a bundle" });
  const named = namedByLicences(text);
  for (const { name, version, isLoose } of named) {
    // two copies, or one of something else: nobody knows which is meant
    const isUnique = named.every((other) => other.name !== name || other.version === version);
    if (isLoose && !(isNamed(name) && isUnique)) continue;
    add({ ...found, name, version: isUnique ? version : null, how: "licence comment of a bundle" });
  }
}

/** @returns whether it is a map that names sources */
function addSources(text: string, path: string, add: Add): boolean {
  const sources = sourcesOf(text);
  for (const { source, content } of sources) {
    const at = packageOfPath(source);
    if (!at) continue;
    const told = at.inside === "package.json" && content ? jsonObject(content) : undefined;
    const version = at.version ?? (told?.name === at.name ? (asText(told.version) ?? null) : null);
    add({ ...npm, name: at.name, version, confidence: "high", how: "source map", path, root: at.root });
  }
  return sources.length > 0;
}

/** The file's own map at its end; one that stands before is that of a module that brought it along. */
function inlineMap(text: string): string | undefined {
  const at = text.lastIndexOf("sourceMappingURL=data:application/json");
  if (at < 0) return undefined;
  const [, encoding = "", data = ""] = /^sourceMappingURL=data:application\/json([^,]*),(\S*)(?:\s*\*\/)?\s*$/.exec(text.slice(at)) ?? [];
  if (encoding.endsWith(";base64")) return Buffer.from(data, "base64").toString("utf8");
  try {
    return decodeURIComponent(data);
  } catch {
    return undefined;
  }
}

/** What esbuild writes with --metafile: the inputs of each output that gave something to it. */
function addMetafile(text: string, path: string, add: Add): boolean {
  const meta = jsonObject(text);
  const outputs = asObject(meta?.outputs);
  if (!outputs || !asObject(meta?.inputs)) return false;
  for (const output of Object.values(outputs)) {
    for (const [input, given] of Object.entries(asObject(asObject(output)?.inputs) ?? {})) {
      const at = packageOfPath(input);
      if (at && asObject(given)?.bytesInOutput !== 0)
        add({ ...npm, name: at.name, version: at.version, confidence: "high", how: "metafile of esbuild", path });
    }
  }
  return true;
}
