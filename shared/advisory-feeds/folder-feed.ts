/** Advisories from a folder of this machine: lines of JSON, gzipped or not, single records, and OSV's bulk zips. */
import { createReadStream } from "node:fs";
import { type FileHandle, open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { ByteSource } from "../artifacts/byte-source.ts";
import { RecordCollector } from "../libraries/advisories/collect-records.ts";
import { ecosystems } from "../model/packages.ts";
import { FeedError, mostRecordBytes } from "./feed-error.ts";
import { addText, addZip, requireAdvisories } from "./zip-records.ts";

/** All of the world's advisories unpack to less. */
const mostUnpackedBytes = 8 * 1024 ** 3;
const kinds = /\.(?:ndjson|jsonl|ndjson\.gz|jsonl\.gz|json|zip)$/i;

/**
 * `folder` itself and those folders in it that are named as ecosystems (`npm/all.zip`); any other may hold what is old.
 * @throws FeedError where there are none, or a file is damaged or cut off: half of it would look like everything
 */
export async function readAdvisoryFolder(folder: string): Promise<RecordCollector> {
  const inside = (await namesIn(folder)).flatMap((name) => join(folder, name));
  const ofEcosystems = await Promise.all(
    ecosystems.map(async (name) => {
      const path = join(folder, name);
      return (await stat(path).catch(() => undefined))?.isDirectory() ? (await namesIn(path)).map((file) => join(path, file)) : [];
    }),
  );
  const records = new RecordCollector();
  for (const path of [...inside, ...ofEcosystems.flat()].filter((file) => kinds.test(file))) await addFile(path, records);
  requireAdvisories(records, folder);
  return records;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new FeedError(code === "ENOENT" ? `there is no folder ${folder}` : `cannot read the folder ${folder} (${code ?? message})`, {
      cause,
    });
  }
}

async function addFile(path: string, records: RecordCollector): Promise<void> {
  if (/\.zip$/i.test(path)) {
    const file = await open(path);
    try {
      await addZip(fileBytes(file, (await file.stat()).size), path, records);
    } finally {
      await file.close();
    }
  } else if (/\.json$/i.test(path)) {
    if ((await stat(path)).size > mostRecordBytes) records.addUnreadable(`${path}: larger than any record`);
    else addText(await readFile(path, "utf8"), path, records);
  } else await addLines(path, records);
}

function fileBytes(file: FileHandle, total: number): ByteSource {
  const range = async (from: number, to: number) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, to - from)), 0, Math.max(0, to - from), from);
    return buffer.subarray(0, bytesRead);
  };
  return { tail: async (count) => ({ bytes: await range(Math.max(0, total - count), total), total }), range };
}

/** @throws FeedError where the file is damaged, or its last line is cut off */
async function addLines(path: string, records: RecordCollector): Promise<void> {
  const lines = new Lines(path, records);
  const source = createReadStream(path);
  try {
    if (/\.gz$/i.test(path)) await pipeline(source, createGunzip(), (bytes: AsyncIterable<Buffer>) => lines.addAll(bytes));
    else await pipeline(source, (bytes: AsyncIterable<Buffer>) => lines.addAll(bytes));
  } catch (cause) {
    if (cause instanceof FeedError) throw cause;
    throw new FeedError(`${path} is damaged or cut off (${cause instanceof Error ? cause.message : String(cause)}): fetch it again`, {
      cause,
    });
  }
}

/** Puts lines together. */
class Lines {
  readonly #path: string;
  readonly #records: RecordCollector;
  #begun: Buffer[] = [];
  #begunBytes = 0;
  #line = 1;

  constructor(path: string, records: RecordCollector) {
    this.#path = path;
    this.#records = records;
  }

  async addAll(source: AsyncIterable<Buffer>): Promise<void> {
    let total = 0;
    for await (const bytes of source) {
      total += bytes.length;
      if (total > mostUnpackedBytes)
        throw new FeedError(`${this.#path} unpacks to more than ${mostUnpackedBytes / 1024 ** 3} GB: no list of advisories does`);
      let from = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
        this.#begin(bytes.subarray(from, end));
        this.#end();
        from = end + 1;
      }
      this.#begin(bytes.subarray(from));
    }
    this.#last();
  }

  #begin(bytes: Buffer): void {
    this.#begunBytes += bytes.length;
    // of a line that is too long only its length is wanted
    if (this.#begunBytes <= mostRecordBytes) this.#begun.push(Buffer.from(bytes));
    else this.#begun = [];
  }

  /** False: the line is no JSON. */
  #end(): boolean {
    const place = `${this.#path}, line ${this.#line}`;
    const text = Buffer.concat(this.#begun).toString("utf8").trim();
    const tooLong = this.#begunBytes > mostRecordBytes;
    if (tooLong) this.#records.addUnreadable(`${place}: longer than any record`);
    this.#begun = [];
    this.#begunBytes = 0;
    this.#line += 1;
    return tooLong || text === "" || addText(text, place, this.#records);
  }

  #last(): void {
    if (!this.#end()) throw new FeedError(`${this.#path} is cut off in line ${this.#line - 1}: fetch it again`);
  }
}
