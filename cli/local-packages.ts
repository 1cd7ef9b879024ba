/** The packages in a zip, folder or container image on this machine, read as those of a deployed artifact are. */
import { stat } from "node:fs/promises";
import { zipTree } from "../shared/artifacts/file-tree.ts";
import { inspectTree } from "../shared/artifacts/inspect-tree.ts";
import { Room } from "../shared/artifacts/room.ts";
import { packageInspector } from "../shared/libraries/packages/package-inspector.ts";
import type { PackageList } from "../shared/model/packages.ts";
import { folderTree } from "./folder-tree.ts";
import { readLocalImage } from "./local-image.ts";
import { withLocalZip } from "./local-zip.ts";
import { UsageError } from "./usage-error.ts";

/** As docker save and builders write images. */
const imageFile = /\.(?:tar|tar\.gz|tgz)$/i;
const roomBytes = 512 * 1024 * 1024;

/** @throws UsageError where the path is not there, cannot be read, or is a zip that is refused */
export async function readLocalPackages(path: string): Promise<PackageList> {
  const kind = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(cause.code === "ENOENT" ? `there is no ${path}` : `cannot read ${path} (${cause.code ?? cause.message})`);
  });
  // on this machine bytes cost nothing: what installers wrote down is compared with what is there
  const inspector = packageInspector({ thorough: true });
  if (kind.isDirectory()) return inspectTree(folderTree(path), inspector);
  if (imageFile.test(path)) return readLocalImage(path);
  return withLocalZip(path, (source) => inspectTree(zipTree(source, new Room(roomBytes)), inspector));
}
