/** One pass over an artifact for everybody who wants something of it: one list of files, and no byte fetched for two of them. */
import { cleanText } from "../model/plain-text.ts";
import type { Analyzer, ArtifactFile } from "./analyzer.ts";
import type { ByteSource } from "./byte-source.ts";
import { listedTree } from "./file-tree.ts";
import { inspectTree } from "./inspect-tree.ts";
import type { Inspector } from "./inspector.ts";
import type { Question, Reading } from "./kept-artifact.ts";
import { holdingList, isOfSource, moreLimits, moreOfZip, type TellLeft, withMoreFiles } from "./more-files.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import type { Room } from "./room.ts";
import { readDirectory, type ZipEntry } from "./zip-directory.ts";
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

/** What an inspector made of an artifact, or why it made nothing: with the same artifact it never will. */
export type Inspected<Summary = unknown> = { readonly summary: Summary } | { readonly code: string; readonly why: string };

export interface ReadContent<Summary> {
  readonly readings: readonly Reading[];
  /** Absent where nobody inspects it. */
  readonly inspected?: Inspected<Summary>;
}

/** Answers all questions, in their order, and lets `inspector` look. @throws ArtifactRefusedError, and what the source throws */
export async function readArtifact<Summary>(
  given: ByteSource,
  asked: readonly AskedAnalyzer[],
  room: Room,
  inspector?: Inspector<Summary>,
): Promise<ReadContent<Summary>> {
  const source = asked.some(({ analyzer }) => analyzer.wantsMore) ? holdingList(given) : given;
  const left: Left[] = [];
  const wants = (entry: ZipEntry) => {
    const { name: path, bytes } = entry;
    if (asked.some(({ analyzer }) => analyzer.wantsFile(path, bytes))) return true;
    // an empty file, as most __init__.py are, hides nothing
    if (bytes === 0 || !asked.some(({ analyzer }) => analyzer.wantsFile(path, 1))) return false;
    // what only its size keeps from being read is no less part of the code
    requireNoBomb(entry);
    const why = `${bytes} bytes, which is not read`;
    left.push({ path, why, ...(bytes <= usualLimits.fileBytes ? { declined: true as const } : {}) });
    return false;
  };
  const starts = new Set<number>();
  const { wanted: listed, bytes: listBytes } = await readDirectory(
    source,
    (entry) => {
      const isCode = wants(entry);
      if (isCode) starts.add(entry.start);
      return isCode || inspector?.wishOf(entry.name, entry.bytes) !== undefined;
    },
    room,
  );
  const wanted = listed.filter(({ start }) => starts.has(start));
  const readings = await room.use(copies * sizeOf(wanted) + roomForMore(asked, listBytes), () => readCode(source, asked, wanted, left));
  return { readings, ...(inspector ? { inspected: await inspect(source, listed, room, inspector) } : {}) };
}

function sizeOf(entries: readonly ZipEntry[]): number {
  return Math.min(
    usualLimits.totalBytes,
    entries.reduce((sum, { bytes }) => sum + bytes, 0),
  );
}

/** What an analyzer wants later is not known yet; and the list of files is read again for it. */
function roomForMore(asked: readonly AskedAnalyzer[], listBytes: number): number {
  return asked.some(({ analyzer }) => analyzer.wantsMore) ? copies * moreLimits.totalBytes + 2 * listBytes : 0;
}

async function readCode(
  source: ByteSource,
  asked: readonly AskedAnalyzer[],
  wanted: readonly ZipEntry[],
  left: readonly Left[],
): Promise<Reading[]> {
  const files: ArtifactFile[] = [];
  const tooMuch: Left[] = [];
  for await (const file of readFiles(source, wanted)) {
    if ("unread" in file) tooMuch.push({ path: file.entry.name, why: file.unread });
    else files.push({ path: file.entry.name, text: file.content.toString("utf8") });
  }
  const sizes = new Map(wanted.map((entry) => [entry.name, entry.bytes]));
  // which functions have the code makes no difference to what one analyzer wants of it
  const ofAnalyzer = new Map<Analyzer, { own: readonly ArtifactFile[]; unread: readonly Left[] }>();
  const readings: Reading[] = [];
  for (const { question, analyzer } of asked) {
    const known = ofAnalyzer.get(analyzer) ?? (await filesFor(analyzer, source, files, sizes, [...left, ...tooMuch]));
    ofAnalyzer.set(analyzer, known);
    const unread = known.unread.map(({ path, ...why }) => ({ file: cleanText(path, 200), ...why }));
    const gapsFirst = unread.toSorted((a, b) => Number(a.declined ?? false) - Number(b.declined ?? false));
    readings.push(await answer(question, analyzer, known.own, gapsFirst.slice(0, mostLeft)));
  }
  return readings;
}

async function filesFor(
  analyzer: Analyzer,
  source: ByteSource,
  files: readonly ArtifactFile[],
  sizes: ReadonlyMap<string, number>,
  left: readonly Left[],
): Promise<{ own: readonly ArtifactFile[]; unread: readonly Left[] }> {
  const unread = left.filter(({ path }) => analyzer.wantsFile(path, 1));
  const first = files.filter(({ path }) => analyzer.wantsFile(path, sizes.get(path) ?? 0));
  const tellLeft: TellLeft = (file) => unread.push(file);
  return { own: await withMoreFiles(analyzer, first, moreOfZip(source, tellLeft), tellLeft), unread };
}

/** Archives in it are unpacked one after the other, and read in parts of it. */
const mostArchiveBytes = 64 * 1024 * 1024;

async function inspect<Summary>(
  source: ByteSource,
  listed: readonly ZipEntry[],
  room: Room,
  inspector: Inspector<Summary>,
): Promise<Inspected<Summary>> {
  const wishes = listed.map((entry) => ({ entry, wish: inspector.wishOf(entry.name, entry.bytes) }));
  const largest = (wish: string) => Math.max(0, ...wishes.filter((one) => one.wish === wish).map(({ entry }) => entry.bytes));
  const held = wishes.filter(({ wish }) => wish === "content" || wish === "name").map(({ entry }) => entry);
  const bytes = copies * sizeOf(held) + Math.min(mostArchiveBytes, 2 * largest("archive"));
  try {
    return await room.use(bytes, async () => ({ summary: await inspectTree(listedTree(source, listed), inspector) }));
  } catch (error) {
    if (error instanceof ArtifactRefusedError) return { code: error.name, why: cleanText(error.message, 300) };
    if (isOfSource(error)) throw error;
    return { code: "ReaderFailed", why: cleanText(error instanceof Error ? error.message : String(error), 200) };
  }
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
