/** Lock files and lists of requirements in an artifact: what was wanted when it was built. What is there, others tell. */
import type { Ecosystem } from "../../model/packages.ts";
import { asObject, asText, baseName, jsonObject, type PackageReader } from "./package-reader.ts";
import { normalizedPythonName } from "./python-names.ts";

interface Wanted {
  readonly name: string;
  readonly version: string | null;
}

const notOwn = /(?:^|\/)(?:node_modules|site-packages|gems|_vendor)\/|\.(?:dist|egg)-info\/|!\//;
const largest = 8 * 1024 * 1024;

/** By the names of the files. */
const readers: readonly { readonly file: RegExp; readonly ecosystem: Ecosystem; readonly read: (text: string) => Wanted[] }[] = [
  {
    file: /^requirements[\w.-]*\.txt$/i,
    ecosystem: "PyPI",
    read: (text) => matches(text, /^[ \t]*([\w.-]+)(?:\[[^\]]*\])?[ \t]*==[ \t]*([\w.!+-]+)/gm),
  },
  { file: /^Pipfile\.lock$/, ecosystem: "PyPI", read: pipfile },
  {
    file: /^(?:poetry|uv|pdm)\.lock$/,
    ecosystem: "PyPI",
    read: (text) => matches(text, /^\[\[package\]\]\s*\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"/gm),
  },
  { file: /^(?:package-lock|npm-shrinkwrap)\.json$/, ecosystem: "npm", read: npmLock },
  {
    file: /^yarn\.lock$/,
    ecosystem: "npm",
    read: (text) => matches(text, /^"?((?:@[^/\s"@]+\/)?[^@\s"/]+)@[^\n]*:\r?\n[ \t]+version:? "?([^"\s]+)"?/gm),
  },
  {
    file: /^pnpm-lock\.yaml$/,
    ecosystem: "npm",
    read: (text) => matches(text, /^ {2}'?\/?((?:@[^/\s'@]+\/)?[^@\s'/:]+)[@/](\d[^\s':()_]*)[^\n]*:/gm),
  },
  { file: /^Gemfile\.lock$/, ecosystem: "RubyGems", read: (text) => matches(text, /^ {4}([\w.-]+) \((\d[\w.]*)[^)\n]*\)\r?$/gm) },
];

function readerOf(path: string) {
  return notOwn.test(path) ? undefined : readers.find(({ file }) => file.test(baseName(path)));
}

export const declared: PackageReader = {
  wishOf: (path, bytes) => (readerOf(path) && bytes <= largest ? "content" : undefined),
  read({ files }, add) {
    for (const { path, content } of files) {
      const reader = readerOf(path);
      for (const { name, version } of reader?.read(content.toString("utf8")) ?? []) {
        const own = reader?.ecosystem === "PyPI" ? normalizedPythonName(name) : name;
        const { ecosystem = "npm" } = reader ?? {};
        add({ ecosystem, name: own, version, confidence: "low", how: baseName(path), path, declared: true });
      }
    }
    return undefined;
  },
};

function matches(text: string, pattern: RegExp): Wanted[] {
  return [...text.matchAll(pattern)].map(([, name = "", version = ""]) => ({ name, version }));
}

function pipfile(text: string): Wanted[] {
  return Object.entries(asObject(jsonObject(text)?.default) ?? {}).map(([name, value]) => ({
    name,
    version: asText(asObject(value)?.version)?.replace(/^==/, "") ?? null,
  }));
}

/** `packages` by folder since npm 7, `dependencies` by name before. */
function npmLock(text: string): Wanted[] {
  const lock = jsonObject(text);
  const folders = Object.entries(asObject(lock?.packages) ?? {}).flatMap(([folder, value]) => {
    const name = asText(asObject(value)?.name) ?? folder.split("node_modules/").at(-1) ?? "";
    return folder.includes("node_modules/") ? [{ name, version: asText(asObject(value)?.version) ?? null }] : [];
  });
  if (folders.length > 0) return folders;
  return Object.entries(asObject(lock?.dependencies) ?? {}).map(([name, value]) => ({
    name,
    version: asText(asObject(value)?.version) ?? null,
  }));
}
