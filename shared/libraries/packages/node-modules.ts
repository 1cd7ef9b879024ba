/** Packages in node_modules as npm, yarn and pnpm lay them out, with links or without. */
import type { Found } from "../../artifacts/inspector.ts";
import type { PackageNeed } from "../../model/packages.ts";
import { neededAs } from "./needed-as.ts";
import { type Add, asObject, asText, baseName, jsonObject, type PackageReader } from "./package-reader.ts";

/** npm's own list of what it installed, from version 7 on. */
const hiddenLock = /(?:^|\/)node_modules\/\.package-lock\.json$/;
const manifest = /(?:^|\/)node_modules\/((?:@[^/@]+\/)?[^/@.][^/]*)\/package\.json$/;
/** `.pnpm/@scope+name@1.2.3_peer@4.5.6/node_modules/@scope/name/package.json` */
const pnpmManifest = /(?:^|\/)node_modules\/\.pnpm\/([^/]+)\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/;
/** Between two folders of modules: what a package tests itself with is nothing that runs. */
const isFixture = /(?:^|\/)(?:tests?|__tests__|fixtures?|__fixtures__|examples?|spec|mocks?)\//i;
/** Yarn's archives, of which one may run without unpacking; the scope ends somewhere at a hyphen. */
const yarnArchive =
  /(?:^|\/)\.yarn\/cache\/(@[^/-]+-(?=[^/-]+-npm-))?([^/@]+?)-npm-(\d+\.\d+\.\d+[^/]*?)-[0-9a-f]{10}(?:-[0-9a-z]+)?\.zip$/;
const exactVersion = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
const largestManifest = 2 * 1024 * 1024;
const largestLock = 12 * 1024 * 1024;

/** Not of a fixture, and of a package rather than of a folder in one. */
export function isNodeManifest(path: string): boolean {
  return manifest.test(path) && !isFixture.test(path.slice(path.indexOf("node_modules/"), path.lastIndexOf("node_modules/")));
}

/** `axios@1.7.2_debug@4.3.4` of axios; undefined where it is something else (git, a hash, a package beside it). */
export function pnpmVersion(folder: string, name: string): string | undefined {
  const start = `${name.replace("/", "+")}@`;
  if (!folder.startsWith(start)) return undefined;
  const version = folder.slice(start.length).replace(/[_(].*$/, "");
  return exactVersion.test(version) ? version : undefined;
}

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly how: string;
  readonly need?: PackageNeed;
}

/** By the path of the package.json that must be there: what the hidden lock file lists and names of folders say. */
function toldByOthers({ names, files }: Found): Map<string, Installed> {
  const told = new Map<string, Installed>();
  for (const { path, content } of files) {
    if (!hiddenLock.test(path)) continue;
    const root = path.slice(0, path.length - "node_modules/.package-lock.json".length);
    const entries = asObject(jsonObject(content.toString("utf8"))?.packages) ?? {};
    const needs = neededAs(entries, ownNeed(files, root));
    for (const [folder, value] of Object.entries(entries)) {
      const entry = asObject(value);
      const version = asText(entry?.version);
      // `name` stands there where it differs from the folder: an alias
      const name = asText(entry?.name) ?? manifest.exec(`${folder}/package.json`)?.[1];
      const need = needs.get(folder);
      const found = { name, version, how: ".package-lock.json", ...(need ? { need } : {}) };
      if (version && name && entry?.link !== true) told.set(`${root}${folder}/package.json`, { ...found, name, version });
    }
  }
  for (const { path } of names) {
    const [, folder = "", name = ""] = pnpmManifest.exec(path) ?? [];
    const version = pnpmVersion(folder, name);
    if (version) told.set(path, { name, version, how: "folder of pnpm" });
  }
  return told;
}

/** What the function itself needs, where the lock file that it was installed by is there too. */
function ownNeed(files: Found["files"], root: string): Readonly<Record<string, unknown>> | undefined {
  const lock = files.find(({ path }) => path === `${root}package-lock.json` || path === `${root}npm-shrinkwrap.json`);
  return lock && asObject(asObject(jsonObject(lock.content.toString("utf8"))?.packages)?.[""]);
}

/** Of package.json files those that have to be read: nobody else tells what they say. With `thorough`, all of them. */
export function missingManifests(found: Found, thorough: boolean): Set<string> {
  const told = thorough ? new Map<string, Installed>() : toldByOthers(found);
  return new Set(found.names.flatMap(({ path }) => (isNodeManifest(path) && !told.has(path) ? [path] : [])));
}

export const nodeModules: PackageReader = {
  wishOf(path, bytes) {
    if (hiddenLock.test(path)) return bytes <= largestLock ? "content" : undefined;
    return (bytes <= largestManifest && isNodeManifest(path)) || yarnArchive.test(path) ? "name" : undefined;
  },
  read(found, add) {
    const told = toldByOthers(found);
    const read = new Set<string>();
    for (const { path, content } of found.files) {
      if (baseName(path) !== "package.json" || !isNodeManifest(path)) continue;
      read.add(path);
      addManifest(path, content.toString("utf8"), add);
    }
    for (const { path } of found.names) {
      const one = told.get(path);
      // what is listed and not there was taken out before the zip was made
      if (one && !read.has(path)) add({ ecosystem: "npm", ...one, confidence: "high", path });
    }
    for (const { path } of found.names) {
      const [, scope = "", name = "", version = ""] = yarnArchive.exec(path) ?? [];
      if (!exactVersion.test(version)) continue;
      add({ ecosystem: "npm", name: scope.replace(/-$/, "/") + name, version, confidence: "high", how: "archive of yarn", path });
    }
    return undefined;
  },
};

function addManifest(path: string, text: string, add: Add): void {
  const { name, version } = jsonObject(text) ?? {};
  // without a version it says only of which type the modules beside it are
  if (typeof name !== "string" || typeof version !== "string") return;
  add({ ecosystem: "npm", name, version: version.replace(/^[v=]+/, ""), confidence: "high", how: "package.json", path });
}
