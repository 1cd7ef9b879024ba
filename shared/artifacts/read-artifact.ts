/** One pass over an artifact for everybody who wants something of it. */
import { cleanText } from "../model/plain-text.ts";
import type { Analyzer, ArtifactFile } from "./analyzer.ts";
import type { Question, Reading } from "./kept-artifact.ts";
import type { Room } from "./room.ts";
import { type ByteSource, readDirectory, type ZipEntry } from "./zip-directory.ts";
import { readFiles, usualLimits } from "./zip-files.ts";

export interface AskedAnalyzer {
  readonly question: Question;
  readonly analyzer: Analyzer;
}

/** The bytes fetched, those unpacked, and their text are there at once for a moment. */
const copies = 3;

/** Answers all questions, in their order. @throws ArtifactRefusedError, and what the source throws */
export async function readArtifact(source: ByteSource, asked: readonly AskedAnalyzer[], room: Room): Promise<Reading[]> {
  const wants = (name: string, bytes: number) => asked.some(({ analyzer }) => analyzer.wantsFile(name, bytes));
  const { wanted } = await readDirectory(source, wants, room);
  const bytes = Math.min(usualLimits.totalBytes, sumOf(wanted));
  return room.use(copies * bytes, async () => {
    const files: ArtifactFile[] = [];
    const left: { readonly entry: ZipEntry; readonly why: string }[] = [];
    for await (const file of readFiles(source, wanted)) {
      if ("unread" in file) left.push({ entry: file.entry, why: file.unread });
      else files.push({ path: file.entry.name, text: file.content.toString("utf8") });
    }
    const sizes = new Map(wanted.map((entry) => [entry.name, entry.bytes]));
    const readings: Reading[] = [];
    for (const { question, analyzer } of asked) {
      const own = files.filter(({ path }) => analyzer.wantsFile(path, sizes.get(path) ?? 0));
      const unread = left
        .filter(({ entry }) => analyzer.wantsFile(entry.name, entry.bytes))
        .map(({ entry, why }) => ({ file: cleanText(entry.name, 200), why }));
      readings.push(await answer(question, analyzer, own, unread));
    }
    return readings;
  });
}

function sumOf(entries: readonly ZipEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
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
