/** One pass over an artifact for everybody who wants something of it. */
import { cleanText } from "../model/plain-text.ts";
import type { Analyzer, ArtifactFile } from "./analyzer.ts";
import type { Question, Reading } from "./kept-artifact.ts";
import type { Room } from "./room.ts";
import { type ByteSource, readDirectory, type ZipEntry } from "./zip-directory.ts";
import { readFiles, requireNoBomb, usualLimits } from "./zip-files.ts";

export interface AskedAnalyzer {
  readonly question: Question;
  readonly analyzer: Analyzer;
}

/** The bytes fetched, those unpacked, and their text are there at once for a moment. */
const copies = 3;
/** So many are named; one is enough to say that the code is not known as a whole. */
const mostLeft = 20;

/** A file of which its name says that somebody wants it, and why he does not get it. */
interface Left {
  readonly path: string;
  readonly why: string;
  /** By the analyzer itself. */
  readonly declined?: true;
}

/** Answers all questions, in their order. @throws ArtifactRefusedError, and what the source throws */
export async function readArtifact(source: ByteSource, asked: readonly AskedAnalyzer[], room: Room): Promise<Reading[]> {
  const left: Left[] = [];
  const wants = (entry: ZipEntry) => {
    const { name: path, bytes } = entry;
    if (asked.some(({ analyzer }) => analyzer.wantsFile(path, bytes))) return true;
    if (!asked.some(({ analyzer }) => analyzer.wantsFile(path, 1))) return false;
    // what only its size keeps from being read is no less part of the code
    requireNoBomb(entry);
    const why = `${bytes} bytes, which is not read`;
    left.push({ path, why, ...(bytes <= usualLimits.fileBytes ? { declined: true as const } : {}) });
    return false;
  };
  const { wanted } = await readDirectory(source, wants, room);
  const bytes = Math.min(
    usualLimits.totalBytes,
    wanted.reduce((sum, entry) => sum + entry.bytes, 0),
  );
  return room.use(copies * bytes, async () => {
    const files: ArtifactFile[] = [];
    for await (const file of readFiles(source, wanted)) {
      if ("unread" in file) left.push({ path: file.entry.name, why: file.unread });
      else files.push({ path: file.entry.name, text: file.content.toString("utf8") });
    }
    const sizes = new Map(wanted.map((entry) => [entry.name, entry.bytes]));
    const readings: Reading[] = [];
    for (const { question, analyzer } of asked) {
      const own = files.filter(({ path }) => analyzer.wantsFile(path, sizes.get(path) ?? 0));
      const unread = left.flatMap(({ path, ...why }) => (analyzer.wantsFile(path, 1) ? [{ file: cleanText(path, 200), ...why }] : []));
      const gapsFirst = unread.toSorted((a, b) => Number(a.declined ?? false) - Number(b.declined ?? false));
      readings.push(await answer(question, analyzer, own, gapsFirst.slice(0, mostLeft)));
    }
    return readings;
  });
}

async function answer(
  { kind, runtime, handler }: Question,
  analyzer: Analyzer,
  files: readonly ArtifactFile[],
  unread: Reading["unread"],
): Promise<Reading> {
  const reading = { kind, version: analyzer.version, ...(handler === undefined ? {} : { handler }), unread };
  try {
    return { ...reading, summary: await analyzer.read(files, { runtime, ...(handler === undefined ? {} : { handler }) }) };
  } catch (error) {
    // hostile code must not end the scan; it is not tried again before the analyzer is another
    return { ...reading, failed: cleanText(error instanceof Error ? error.message : String(error), 200) };
  }
}
