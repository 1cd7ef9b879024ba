/** A folder on this machine as an artifact. Links are not followed: what they point to is in the folder itself, or not part of it. */
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import type { FileTree, TreeContent, TreeFile } from "../shared/artifacts/file-tree.ts";
import { UsageError } from "./usage-error.ts";

const mostFiles = 400_000;
const pieceBytes = 256 * 1024;
const notDeployed = new Set([".git"]);

export function folderTree(folder: string): FileTree {
  return {
    async list(wants) {
      const files: TreeFile[] = [];
      const open = [folder];
      let seen = 0;
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const entry of await entriesOf(at)) {
          const path = join(at, entry.name);
          if (entry.isDirectory() && !notDeployed.has(entry.name)) open.push(path);
          if (!entry.isFile()) continue;
          seen += 1;
          if (seen > mostFiles) throw new UsageError(`${folder} holds more than ${mostFiles} files: name the folder of one function`);
          const file = { name: relative(folder, path).split(sep).join(posix.sep), bytes: (await stat(path)).size };
          if (wants(file)) files.push(file);
        }
      }
      return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    async *contents(files, { fileBytes, totalBytes }): AsyncGenerator<TreeContent<TreeFile>> {
      let total = 0;
      for (const entry of files) {
        total += entry.bytes;
        if (entry.bytes > fileBytes || total > totalBytes) {
          total -= entry.bytes;
          yield { entry, unread: `${entry.bytes} bytes, which is more than is read` };
        } else yield { entry, content: await contentOf(join(folder, entry.name)) };
      }
    },
    pieces: (file) => createReadStream(join(folder, file.name), { highWaterMark: pieceBytes }),
  };
}

function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch(unreadable(folder));
}

function contentOf(path: string): Promise<Buffer> {
  return readFile(path).catch(unreadable(path));
}

function unreadable(path: string) {
  return (cause: NodeJS.ErrnoException): never => {
    throw new UsageError(`cannot read ${path} (${cause.code ?? cause.message}): check its permissions`);
  };
}
