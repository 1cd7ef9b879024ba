/** What a package.json says of its package: where it begins, whether it may ask AWS, whether it is published for everybody. */
import { asksAws } from "./asking-packages.ts";

export interface Manifest {
  /** What loading the package loads, in its folder. */
  readonly main: string | undefined;
  /** `./orders` -> the file in its folder; a `*` stands for any text on both sides. */
  readonly entries: ReadonlyMap<string, string>;
  /** yes: it runs with the SDK or with a package that does; perhaps: it was built or tested with one. */
  readonly asks: "yes" | "perhaps" | "no";
  /** It says where it is developed or discussed, as nearly all published packages do and those of a company's own workspace do not. */
  readonly isPublished: boolean;
}

const none: Manifest = { main: undefined, entries: new Map(), asks: "no", isPublished: false };

/** What cannot be read says nothing. */
export function manifestOf(text: string): Manifest {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return none;
  }
  if (!isRecord(file)) return none;
  const { main, module, exports, repository, homepage, bugs } = file;
  const entry = pathIn(isRecord(exports) && "." in exports ? exports["."] : exports) ?? main ?? module;
  return {
    main: typeof entry === "string" ? entry.replace(/^\.\//, "") : undefined,
    entries: entriesIn(exports),
    asks: asksIn(file),
    isPublished: file.private !== true && [repository, homepage, bugs].some((one) => one !== undefined && one !== ""),
  };
}

function asksIn(file: Readonly<Record<string, unknown>>): Manifest["asks"] {
  const named = (member: string) => (isRecord(file[member]) ? Object.keys(file[member]).some(isOfSdk) : false);
  if (named("dependencies") || named("peerDependencies") || named("optionalDependencies")) return "yes";
  return named("devDependencies") ? "perhaps" : "no";
}

function isOfSdk(name: string): boolean {
  return name === "aws-sdk" || /^@aws-sdk\/(client|lib)-/.test(name) || asksAws(name);
}

function entriesIn(exports: unknown): Map<string, string> {
  if (!isRecord(exports)) return new Map();
  const named = Object.entries(exports).flatMap(([name, of]) => {
    const path = name.startsWith("./") ? pathIn(of) : undefined;
    return path === undefined ? [] : [[name.slice(2), path.replace(/^\.\//, "")] as const];
  });
  return new Map(named);
}

/** The first file among the conditions of `exports` that is loaded when it runs. */
function pathIn(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  if (Array.isArray(exports)) return exports.map(pathIn).find((one) => one !== undefined);
  if (!isRecord(exports)) return undefined;
  for (const condition of ["node", "require", "import", "default"]) {
    const found = pathIn(exports[condition]);
    if (found) return found;
  }
  return undefined;
}

/** What `package/inside` means; undefined: its exports say nothing of it. */
export function entryOf({ main, entries }: Pick<Manifest, "main" | "entries">, inside: string): string | undefined {
  if (inside === "") return main;
  const exact = entries.get(inside);
  if (exact !== undefined) return exact;
  for (const [name, path] of entries) {
    const [before = "", after] = name.split("*");
    if (after === undefined || !inside.startsWith(before) || !inside.endsWith(after)) continue;
    return path.replaceAll("*", inside.slice(before.length, inside.length - after.length));
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
