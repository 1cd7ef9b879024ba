/** What comments about licences say of the packages in a bundle: they survive minification. */

export interface NamedByLicence {
  readonly name: string;
  readonly version: string | null;
  /** The name is one of a project, which npm may know by another: it counts only where something else names the package, too. */
  readonly isLoose?: true;
}

const comment = /\/\*[!*][\s\S]{0,4000}?\*\/|\(\*![\s\S]{0,4000}?\*\)/g;
const mostComments = 20_000;
const nameAndVersion =
  /^(?:https?:\/\/mths\.be\/)?((?:@[\w-]+\/)?[a-z][\w.-]*?)(?:\.js)?(?:\s+|@|\s*[-,]\s*)v?(\d+\.\d+\.\d+(?:-[\w.]+)?)(?=$|[\s|,;:(])/i;
const noNames =
  /^(?:version|v|copyright|licen[cs]ed?|release|build|rev|es|node|the|apache|mit|bsd|gpl|date|update|updated|since|api|spec|unicode|rfc|ecmascript)$/i;
/** Written in their comments with capitals or with `.js`, and on npm by the plain word. */
const wellKnown = new Set(["jquery", "vue", "handlebars", "backbone", "knockout"]);
const aloneName = /^(?:@[\w-]+\/)?[a-z0-9][a-z0-9._-]{1,80}$/;

/** Packages that a text with comments about licences names; those of other comments are left out. */
export function namedByLicences(text: string): NamedByLicence[] {
  const found: NamedByLicence[] = [];
  let seen = 0;
  for (const [whole] of text.matchAll(comment)) {
    seen += 1;
    if (seen > mostComments) break;
    if (!/^(?:\/\*|\(\*)!|@licen[cs]e|@preserve|copyright/i.test(whole)) continue;
    const named = namedBy(linesOf(whole));
    if (named) found.push(named);
  }
  return found;
}

function linesOf(whole: string): string[] {
  return whole
    .slice(2, -2)
    .split("\n")
    .map((line) =>
      line
        .replace(/^[\s*!]+/, "")
        .replace(/@(?:licen[cs]e|preserve)\b/i, "")
        .trim(),
    )
    .filter((line) => line !== "");
}

function namedBy([first = "", second = ""]: readonly string[]): NamedByLicence | undefined {
  const [whole, name, version] = nameAndVersion.exec(first) ?? [];
  if (whole !== undefined && name !== undefined && version !== undefined) {
    // a part of another package, published by itself: lodash.once says that it is lodash
    if (/custom build/i.test(first)) return undefined;
    // several files of React say the same first line, and their name in the second
    const file = /^([a-z-]+)(?:\.\w+)*\.(?:production|development|profiling)\b/.exec(second)?.[1];
    if (file !== undefined) return { name: file.replace(/^react-dom-.*/, "react-dom").replace(/^react-jsx-.*/, "react"), version };
    const own = name.toLowerCase();
    if (noNames.test(own)) return undefined;
    const isPlain = own === name && !/\.js/i.test(whole) && /\sv\d/.test(whole) && !(first.includes("mths.be/") && own.endsWith("js"));
    return isPlain || wellKnown.has(own) ? { name: own, version } : { name: own, version, isLoose: true };
  }
  if (aloneName.test(first) && !noNames.test(first) && /^(?:copyright|\(c\)|©)/i.test(second)) return { name: first, version: null };
  const [, sentence] = /^([a-z0-9][a-z0-9._-]{1,80})\. (?:MIT|BSD|Apache|ISC)\b/.exec(first) ?? [];
  return sentence === undefined ? undefined : { name: sentence, version: null };
}

/** Own folders have such names, too: a block that names `src/index.js` names no package. */
const ownFolder = /^(?:src|lib|dist|build|app|source|packages|functions|handlers|lambda|lambdas|services|shared|common|utils|\.+)$/;

/** The files that esbuild lists at the end: `lodash/lodash.js:` before what it says. */
export function namedByBlock(text: string): string[] {
  const at = text.lastIndexOf("Bundled license information:");
  if (at < 0) return [];
  const names: string[] = [];
  for (const [, path = ""] of text.slice(at, at + 2_000_000).matchAll(/^([@\w][\w@.~+/-]*\/[\w@.~+/-]+\.(?:[cm]?[jt]sx?)):$/gm)) {
    const [, name] = /^((?:@[^/]+\/)?[^/]+)\/./.exec(path) ?? [];
    if (name !== undefined && !ownFolder.test(name)) names.push(name);
  }
  return names;
}
