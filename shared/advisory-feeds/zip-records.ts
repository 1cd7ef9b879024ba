/** The records of one of OSV's bulk zips: a JSON file each. */
import type { ByteSource } from "../artifacts/byte-source.ts";
import { ArtifactRefusedError } from "../artifacts/refusal.ts";
import { Room } from "../artifacts/room.ts";
import { readDirectory } from "../artifacts/zip-directory.ts";
import { readFiles } from "../artifacts/zip-files.ts";
import type { RecordCollector } from "../libraries/advisories/collect-records.ts";
import { FeedError, mostRecordBytes } from "./feed-error.ts";

/** npm's has a file for each of some 200,000 malicious packages. */
const mostRecords = 1_000_000;
const listBytes = 256 * 1024 * 1024;

/** Adds them all to `records`. @throws FeedError where the zip is damaged or cut off */
export async function addZip(source: ByteSource, place: string, records: RecordCollector): Promise<void> {
  try {
    const { wanted } = await readDirectory(source, ({ name }) => name.endsWith(".json"), new Room(listBytes), mostRecords);
    const limits = { fileBytes: mostRecordBytes, totalBytes: Number.POSITIVE_INFINITY };
    for await (const file of readFiles(source, wanted, limits)) {
      if ("unread" in file) records.addUnreadable(`${place}, ${file.entry.name}: ${file.unread}`);
      else addText(file.content.toString("utf8"), `${place}, ${file.entry.name}`, records);
    }
  } catch (error) {
    if (!(error instanceof ArtifactRefusedError)) throw error;
    throw new FeedError(`${place} is no zip of advisories, or only part of one: ${error.message}`, { cause: error });
  }
}

/** Adds the record that `text` is, or that it is none; false: it is no JSON. */
export function addText(text: string, place: string, records: RecordCollector): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    records.addUnreadable(`${place}: no JSON`);
    return false;
  }
  for (const record of Array.isArray(value) ? value : [value]) records.add(record);
  return true;
}

/** @throws FeedError where so much is not understood that it cannot be OSV's records */
export function requireAdvisories(records: RecordCollector, place: string): void {
  const unreadable = records.unreadable.length;
  if (records.records === 0) throw new FeedError(`${place} holds no advisories: OSV records are wanted (ossf.github.io/osv-schema)`);
  if (records.known === 0 || (unreadable > 10 && unreadable > records.records / 20)) {
    throw new FeedError(
      `${place} does not hold OSV records: of ${records.records} ${unreadable} are not understood (${records.unreadable[0]})`,
    );
  }
}
