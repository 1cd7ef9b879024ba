/** The packages in a zip or folder on this machine, read as those of a deployed artifact are. */
import { readdir, stat } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import { packageList } from "../shared/libraries/packages/package-list.ts";
import type { PackageList } from "../shared/model/packages.ts";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError where the path is not there or cannot be read */
export async function readLocalPackages(path: string): Promise<PackageList> {
  const kind = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(cause.code === "ENOENT" ? `there is no ${path}` : `cannot read ${path} (${cause.code ?? cause.message})`);
  });
  if (!kind.isDirectory()) throw new UsageError(`${path} is no folder`);
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return packageList(files.map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join(posix.sep)));
}
