/** Paths of modules as bundlers write them into comments, keys and source maps: which package a module is of. */

export interface ModulePath {
  readonly name: string;
  /** Of pnpm's and yarn's folders; null where the path does not tell. */
  readonly version: string | null;
  /** Within the package: `lib/index.js`. */
  readonly inside: string;
  /** The folder of the package: two of them are two copies, perhaps of different versions. */
  readonly root: string;
  readonly isModule: boolean;
}

const exact = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
const folder = "node_modules/";
const longestPath = 400;
const pathSigns = /^[\w@.~+%=!/-]*/;
const pathSign = /[\w@.~+%=!/-]/;
const moduleSuffix = /\.(?:[cm]?[jt]sx?|json|node|wasm|vue|svelte|css)$/;

/** Of one path, as `sources` of a map have it; undefined of a file that is of no package. */
export function packageOfPath(path: string): ModulePath | undefined {
  const at = path.lastIndexOf(folder);
  if (at < 0) return undefined;
  const [, name, inside = ""] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(path.slice(at + folder.length).replace(/[?#].*$/s, "")) ?? [];
  if (name === undefined || /^[.@]?$|^\./.test(name)) return undefined;
  return {
    name,
    version: versionBefore(path.slice(0, at), name),
    inside,
    root: path.slice(0, at + folder.length) + name,
    isModule: moduleSuffix.test(inside),
  };
}

/** `.pnpm/axios@1.7.2_debug@4.3.4/`, `.yarn/cache/lodash-npm-4.17.21-6382451519-eb835a2e51.zip/` */
function versionBefore(before: string, name: string): string | null {
  const parent = before.split("/").filter(Boolean).at(-1) ?? "";
  const pnpm = `${name.replace("/", "+")}@`;
  if (parent.startsWith(pnpm)) return exactOr(parent.slice(pnpm.length).replace(/[_(].*$/, ""));
  const yarn = `${name.replace("/", "-")}-npm-`;
  if (parent.startsWith(yarn)) return exactOr(/^(.+?)-[0-9a-f]{10}(?:-|$)/.exec(parent.slice(yarn.length))?.[1] ?? "");
  return null;
}

function exactOr(version: string): string | null {
  return exact.test(version) ? version : null;
}

/** Every path of a module in `text`, each with what stands before it. */
export function* pathsIn(text: string): Generator<{ readonly at: ModulePath; readonly before: string; readonly end: number }> {
  for (let at = text.indexOf(folder); at >= 0; ) {
    const ahead = pathSigns.exec(text.slice(at, at + longestPath))?.[0] ?? folder;
    const lead = text.slice(Math.max(0, at - longestPath), at);
    const start = endOfPath(lead);
    const end = at + Math.max(ahead.length, folder.length);
    const found = packageOfPath(start + ahead);
    if (found) yield { at: found, before: lead.slice(0, lead.length - start.length).slice(-24), end };
    at = text.indexOf(folder, end);
  }
}

/** As much of the end of `text` as can be a path. */
function endOfPath(text: string): string {
  let from = text.length;
  while (from > 0 && pathSign.test(text[from - 1] ?? "")) from -= 1;
  return text.slice(from);
}
