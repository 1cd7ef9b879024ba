/** Packages that a package.json names by where they lie on this machine: of a workspace, and beside the folder. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { namesIn } from "../shared/code/javascript/package-places.ts";
import type { UnresolvedCall } from "../shared/model/code.ts";

/** By name: the folder, relative to that of the package.json; undefined where only the workspace knows it. */
export async function localDependencies(folder: string): Promise<ReadonlyMap<string, string | undefined>> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  try {
    const { dependencies } = JSON.parse(text) as { dependencies?: Readonly<Record<string, unknown>> };
    const rows = Object.entries(dependencies ?? {}).flatMap(([name, where]) => {
      const [, kind, path] = /^(file|link|portal|workspace):(.*)$/.exec(String(where)) ?? [];
      return kind === undefined ? [] : [[name, kind === "workspace" || path?.endsWith(".tgz") ? undefined : path] as const];
    });
    return new Map(rows);
  } catch {
    return new Map();
  }
}

/** What is open because code loads such a package that is nowhere to be found: it is of the own people, and may ask for anything. */
export function missingDependencies(
  own: ReadonlyMap<string, string | undefined>,
  files: readonly { readonly path: string; readonly text: string }[],
): UnresolvedCall[] {
  return [...own.keys()].flatMap((name) => {
    const loading = files.find(({ text }) => namesIn(text).has(name));
    const isThere = files.some(({ path }) => path.includes(`node_modules/${name}/`));
    return loading && !isThere
      ? [{ what: `what the package ${name} asks for, which is not installed here,`, at: `${loading.path}:1` }]
      : [];
  });
}
