/** Files of packages in a folder on this machine, as they are read of a zip; also of node_modules above it, where workspaces keep them. */
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ArtifactFile, ListedFile } from "../shared/artifacts/analyzer.ts";
import { type MoreFiles, moreLimits, type TellLeft } from "../shared/artifacts/more-files.ts";

/** A package of a workspace lies at most so deep in its repository. */
const mostLevelsUp = 6;
/** Of one package. */
const mostFiles = 5_000;

/** @param folder of the function @param dependencies where packages lie that its package.json names by that @param left is told of what is too large */
export function moreOfFolder(folder: string, dependencies: ReadonlyMap<string, string | undefined>, left: TellLeft): MoreFiles {
  const placeOf = new Map<string, string>();
  let free = moreLimits.totalBytes;
  return {
    async below(folders) {
      const found: ListedFile[] = [];
      for (const name of folders) {
        const named = dependencies.get(name.replace(/^node_modules\//, ""));
        const place = (await nearest(folder, name)) ?? (named === undefined ? undefined : await nearest(folder, named));
        if (place === undefined) continue;
        for (const { inside, bytes } of await filesIn(place)) {
          placeOf.set(`${name}/${inside}`, join(place, inside));
          found.push({ path: `${name}/${inside}`, bytes });
        }
      }
      return found;
    },
    async contents(paths) {
      const files: ArtifactFile[] = [];
      for (const path of paths) {
        const text = await readFile(placeOf.get(path) ?? join(folder, path), "utf8").catch((cause: NodeJS.ErrnoException) => cause);
        if (typeof text !== "string") left({ path, why: text.code ?? text.message });
        else if (text.length > moreLimits.fileBytes || text.length > free) left({ path, why: "too much code of packages to read" });
        else {
          free -= text.length;
          files.push({ path, text });
        }
      }
      return files;
    },
  };
}

/** Where a folder is: below the function's own, or, of node_modules, below one above it. */
async function nearest(folder: string, name: string): Promise<string | undefined> {
  let at = folder;
  for (let level = 0; level <= (name.startsWith("node_modules/") ? mostLevelsUp : 0); level += 1) {
    const isThere = await stat(join(at, name)).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isThere) return join(at, name);
    at = dirname(at);
  }
  return undefined;
}

/** Packages within it are asked for by themselves. */
async function filesIn(folder: string): Promise<readonly { readonly inside: string; readonly bytes: number }[]> {
  const files: { inside: string; bytes: number }[] = [];
  const open = [""];
  for (let at = open.pop(); at !== undefined && files.length < mostFiles; at = open.pop()) {
    for (const entry of await readdir(join(folder, at), { withFileTypes: true }).catch(() => [])) {
      const inside = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") open.push(inside);
      if (entry.isFile()) files.push({ inside, bytes: (await stat(join(folder, inside))).size });
    }
  }
  return files;
}
