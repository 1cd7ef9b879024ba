/** Contents of package.json that stand in bundles: with the name they tell the version. */

import { literalAt } from "./object-literal.ts";
import { asObject, asText, jsonObject } from "./package-reader.ts";

export interface InlinedManifest {
  readonly name: string;
  readonly version: string;
}

const start = /\{\s*["']?name["']?\s*:\s*["'`]/g;
const jsonBefore = /JSON\.parse\((["'`])$/;
const exact = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
/** What else a package.json says. Two of them make one; a table of names and versions has none. */
const members = [
  "description",
  "main",
  "license",
  "repository",
  "dependencies",
  "devDependencies",
  "author",
  "engines",
  "keywords",
  "files",
  "bugs",
  "homepage",
  "scripts",
  "module",
  "exports",
  "bin",
];
const mostTried = 3_000;
const longestJson = 128 * 1024;

/** Every package.json that is written out in a text, but that of the program itself where a comment says so. */
export function inlinedManifests(text: string): InlinedManifest[] {
  // webpack for development writes modules as texts that are evaluated
  const isEvaluated = text.includes('{\\"name\\":');
  return [...manifestsIn(text), ...(isEvaluated ? manifestsIn(text.replaceAll('\\"', '"')) : [])];
}

function manifestsIn(text: string): InlinedManifest[] {
  const found: InlinedManifest[] = [];
  let tried = 0;
  for (const { index } of text.matchAll(start)) {
    tried += 1;
    if (tried > mostTried) break;
    const told = membersAt(text, index);
    const [name, version] = [told?.get("name"), told?.get("version")];
    if (!told || name === undefined || version === undefined || !exact.test(version) || told.has("private")) continue;
    if (members.filter((one) => told.has(one)).length >= 2 && !isOwn(text, index)) found.push({ name, version });
  }
  return found;
}

/** The version in what follows the comment that names a package.json; undefined where it is not the only one that is said. */
export function versionAfter(text: string, at: number, name: string): string | undefined {
  const next = text.slice(at, at + longestJson);
  const end = next.search(/\n\s*\/\/ \S|\n\/\*{3}\/ /);
  const own = end < 0 ? next : next.slice(0, end);
  const literal = own.search(start);
  const told = literal < 0 ? undefined : membersAt(own, literal);
  if (told?.get("name") === name) return exactOr(told.get("version"));
  // imported by name, only what is used is left
  const single = [...own.slice(0, 4_000).matchAll(/\b(?:var|let|const) version\d* = ["']([^"']+)["']/g)];
  return single.length === 1 ? exactOr(single[0]?.[1]) : undefined;
}

function exactOr(version: string | undefined): string | undefined {
  return version !== undefined && exact.test(version) ? version : undefined;
}

function membersAt(text: string, at: number): ReadonlyMap<string, string | undefined> | undefined {
  const quote = jsonBefore.exec(text.slice(Math.max(0, at - 12), at))?.[1];
  if (quote === undefined) return literalAt(text, at);
  for (let end = at; end < Math.min(text.length, at + longestJson); end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === quote) return jsonMembers(unescaped(text.slice(at, end)));
  }
  return undefined;
}

function jsonMembers(json: string): ReadonlyMap<string, string | undefined> | undefined {
  const value = asObject(jsonObject(json));
  return value && new Map(Object.entries(value).map(([key, one]) => [key, asText(one)]));
}

/** A text within quotes as the program sees it, but for escapes that JSON has as well. */
function unescaped(text: string): string {
  return text.replace(/\\(["'`\\])/g, "$1");
}

/** `// package.json` before it: the program's own. */
function isOwn(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 400), at);
  const comment = [...before.matchAll(/\/\/ (\S*package\.json)|!\*\*\* (\S*package\.json)/g)].at(-1);
  const path = comment?.[1] ?? comment?.[2];
  return path !== undefined && !path.includes("node_modules/");
}
