/** Lists the packages of a zip that is made byte by byte. */
import { bytesInMemory, zipTree } from "../../../shared/artifacts/file-tree.ts";
import { inspectTree } from "../../../shared/artifacts/inspect-tree.ts";
import { Room } from "../../../shared/artifacts/room.ts";
import { type PackageInspectorOptions, packageInspector } from "../../../shared/libraries/packages/package-inspector.ts";
import type { Package, PackageList } from "../../../shared/model/packages.ts";
import { aZip, type FileInZip } from "../../artifacts/a-zip.ts";

export type Files = Readonly<Record<string, string | Buffer>>;

/** Long ones are stored: what repeats itself for long would be refused as a bomb. */
export function zipOf(files: Files): Buffer {
  return aZip(Object.entries(files).map(([name, content]): FileInZip => ({ name, content, stored: content.length > 1_000_000 })));
}

export function listPackages(files: Files, options: PackageInspectorOptions = {}): Promise<PackageList> {
  return inspectTree(zipTree(bytesInMemory(zipOf(files)), new Room(64 * 1024 * 1024)), packageInspector(options));
}

/** `name@version`, in order; `?` where the version is not known. */
export function told(packages: readonly Package[]): string[] {
  return packages.map(({ name, version }) => `${name}@${version ?? "?"}`);
}
