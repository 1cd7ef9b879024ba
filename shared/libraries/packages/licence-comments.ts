/** What comments about licences say of the packages in a bundle: they survive minification. */

export interface NamedByLicence {
  readonly name: string;
  readonly version: string | null;
  /** The name is one of a project, which npm may know by another: it counts only where something else names the package, too. */
  readonly isLoose?: true;
}

/** Of a comment its beginning says what it is about. */
const longestComment = 4_000;
const mostComments = 100_000;
const nameAndVersion =
  /^(?:https?:\/\/mths\.be\/)?((?:@[\w-]+\/)?[a-z][\w.-]*?)(?:\.js)?(?:\s+|@|\s*[-,]\s*)v?(\d+\.\d+\.\d+(?:-[\w.]+)?)(?=$|[\s|,;:(])/i;
/** Words, and what polyfills are called in their comments, who have other names on npm. */
const noNames =
  /^(?:version|v|copyright|licen[cs]ed?|release|build|rev|es|node|the|apache|mit|bsd|gpl|date|update|updated|since|api|spec|unicode|rfc|ecmascript|(?:from)?codepoint(?:at)?|startswith|endswith|includes|repeat|padstart|padend)$/i;
/** Written in their comments with capitals or with `.js`, and on npm by the plain word. */
const wellKnown = new Set(["jquery", "vue", "handlebars", "backbone", "knockout"]);
const aloneName = /^(?:@[\w-]+\/)?[a-z0-9][a-z0-9._-]{1,80}$/;

/** Packages that a text with comments about licences names; those of other comments are left out. */
export function namedByLicences(text: string): NamedByLicence[] {
  const found: NamedByLicence[] = [];
  for (const whole of commentsIn(text)) {
    if (!/^(?:\/\*|\(\*)!|@licen[cs]e|@preserve|copyright/i.test(whole)) continue;
    const named = namedBy(linesOf(whole));
    if (named) found.push(named);
  }
  return found;
}

/** Block comments, and those that esbuild wrote anew with brackets into its own. Comments do not nest: each text is looked at once. */
function* commentsIn(text: string): Generator<string> {
  let seen = 0;
  for (const [start, end] of [
    ["/*", "*/"],
    ["(*!", "*)"],
  ] as const) {
    for (let at = text.indexOf(start); at >= 0 && seen < mostComments; ) {
      // the same two signs stand in texts, too: `*/*`
      const isMeant = start.length > 2 || text[at + 2] === "!" || text[at + 2] === "*";
      const to = isMeant ? text.indexOf(end, at + start.length) : at;
      if (to < 0) break;
      if (isMeant) {
        seen += 1;
        yield text.slice(at, Math.min(to + end.length, at + longestComment));
      }
      at = text.indexOf(start, to + end.length);
    }
  }
}

function linesOf(whole: string): string[] {
  return whole
    .split("\n")
    .map((line) =>
      line
        .replace(/^[\s*!/(]+|[*/)]+$/g, "")
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

const largestBlock = 2_000_000;
const longestLine = 300;
const blockLine = /^[@\w][\w@.~+/-]+\.[cm]?[jt]sx?:$/;

/** The files that esbuild lists at the end: `lodash/lodash.js:` before what it says. */
export function namedByBlock(text: string): string[] {
  const at = text.lastIndexOf("Bundled license information:");
  if (at < 0) return [];
  const names: string[] = [];
  for (const line of text.slice(at, at + largestBlock).split("\n")) {
    if (line.length > longestLine || !blockLine.test(line)) continue;
    const [, name] = /^((?:@[^/]+\/)?[^/]+)\/./.exec(line) ?? [];
    if (name !== undefined && !ownFolder.test(name)) names.push(name);
  }
  return names;
}
