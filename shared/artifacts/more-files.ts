/** Further rounds of reading: what the first files of an artifact make an analyzer want. */
import { operationOf } from "../aws/errors.ts";
import { LinkError } from "../aws/ranged-get.ts";
import { cleanText } from "../model/plain-text.ts";
import type { Analyzer, ArtifactFile, ListedFile } from "./analyzer.ts";
import type { ByteSource } from "./byte-source.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import { Room } from "./room.ts";
import { readDirectory, type ZipEntry } from "./zip-directory.ts";
import { readFiles, type UnpackLimits } from "./zip-files.ts";

/** Where further files lie. */
export interface MoreFiles {
  /** The files in folders, at whatever depth. */
  below(folders: readonly string[]): Promise<readonly ListedFile[]>;
  /** Those that can be read. */
  contents(paths: readonly string[]): Promise<readonly ArtifactFile[]>;
}

/** A package loads another one, and that a third; each may take two rounds. */
const mostRounds = 12;

/** Is told of a file that could not be read, and why. */
export type TellLeft = (file: { readonly path: string; readonly why: string }) => void;

/** The first files, and behind them what `analyzer` wanted then; the first alone where it fails on them. @throws what the source throws */
export async function withMoreFiles(
  analyzer: Pick<Analyzer, "wantsMore">,
  first: readonly ArtifactFile[],
  source: MoreFiles,
  left: TellLeft,
): Promise<readonly ArtifactFile[]> {
  try {
    return await inRounds(analyzer, first, source);
  } catch (error) {
    if (isOfSource(error) || error instanceof ArtifactRefusedError) throw error;
    // hostile code must not end the scan
    const why = cleanText(`packages beside it are not read: ${error instanceof Error ? error.message : String(error)}`, 200);
    left({ path: first[0]?.path ?? "", why });
    return first;
  }
}

/** What the other side does is no fault of the artifact. */
export function isOfSource(error: unknown): boolean {
  return error instanceof LinkError || operationOf(error) !== undefined;
}

async function inRounds(
  analyzer: Pick<Analyzer, "wantsMore">,
  first: readonly ArtifactFile[],
  source: MoreFiles,
): Promise<readonly ArtifactFile[]> {
  if (!analyzer.wantsMore) return first;
  const files = [...first];
  const asked = new Set(files.map(({ path }) => path));
  const below = (folders: readonly string[]) => source.below(folders);
  for (let round = 0; round < mostRounds; round += 1) {
    const wanted = (await analyzer.wantsMore(files, below)).filter((path) => !asked.has(path));
    if (wanted.length === 0) break;
    for (const path of wanted) asked.add(path);
    files.push(...(await source.contents(wanted)));
  }
  return files;
}

/** What all packages of one artifact together are read of. */
export const moreLimits: UnpackLimits = { fileBytes: 2 * 1024 * 1024, totalBytes: 6 * 1024 * 1024 };
const mostListed = 50_000;

/** Further files of a zip: its list is gone through once more for each round, since what nobody wants of it is not held. */
export function moreOfZip(source: ByteSource, left: TellLeft): MoreFiles {
  const entries = new Map<string, ZipEntry>();
  let free = moreLimits.totalBytes;
  return {
    async below(folders) {
      const isBelow = belowAny(folders);
      let count = 0;
      const isWanted = ({ name }: ZipEntry) => {
        if (count >= mostListed || !isBelow(name)) return false;
        count += 1;
        return true;
      };
      // whoever reads the artifact has made room for its list
      const { wanted: listed } = await readDirectory(source, isWanted, new Room(Number.MAX_SAFE_INTEGER));
      for (const entry of listed) entries.set(entry.name, entry);
      return listed.map(({ name, bytes }) => ({ path: name, bytes }));
    },
    async contents(paths) {
      const files: ArtifactFile[] = [];
      const wanted = paths.flatMap((path) => entries.get(path) ?? []);
      for await (const file of readFiles(source, wanted, { ...moreLimits, totalBytes: free })) {
        if ("unread" in file) left({ path: file.entry.name, why: file.unread });
        else {
          free -= file.entry.bytes;
          files.push({ path: file.entry.name, text: file.content.toString("utf8") });
        }
      }
      return files;
    },
  };
}

const smallList = 4 * 1024 * 1024;

/** Holds the largest piece that was read, which is the list of files where that is large: each round goes through it again. */
export function holdingList(source: ByteSource): ByteSource {
  let held: { readonly from: number; readonly to: number; readonly bytes: Buffer } | undefined;
  return {
    tail: (count) => source.tail(count),
    async range(from, to) {
      if (held?.from === from && held.to === to) return held.bytes;
      const bytes = await source.range(from, to);
      if (to - from > Math.max(smallList, held?.bytes.length ?? 0)) held = { from, to, bytes };
      return bytes;
    },
  };
}

/** Whether a file lies in one of the folders: with names as long as a zip may have, it would take minutes to ask for every folder above each. */
export function belowAny(folders: readonly string[]): (path: string) => boolean {
  const beginnings: string[] = [];
  for (const folder of folders.map((one) => `${one.replace(/\/$/, "")}/`).toSorted()) {
    const last = beginnings.at(-1);
    if (last === undefined || !folder.startsWith(last)) beginnings.push(folder);
  }
  return (path) => {
    // the last one that is not behind the path: whatever lies between a beginning of it and the path would have that beginning, too
    let [from, to] = [0, beginnings.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((beginnings[middle] ?? "") <= path) from = middle + 1;
      else to = middle;
    }
    const beginning = beginnings[from - 1];
    return beginning !== undefined && path.startsWith(beginning);
  };
}
