/** A Region's snapshot between the steps of a scan: lines of a few hundred items, so that neither writing nor reading holds its text as a whole. */
import type { Coverage, Part } from "../model/coverage.ts";
import { type GraphRow, type ServiceAnswer, type ServiceName, serviceNames } from "../model/graph.ts";
import { type AskedPlace, type CollectedRegion, type PartName, partNames, type RegionSnapshot } from "../model/snapshot.ts";
import { type Blobs, UnreadableBlobError } from "./blobs.ts";

/** 1 held rows of the graph, as the scan of that day had concluded them; 2 holds what AWS answered. */
const snapshotVersion = 2;
const itemsPerLine = 200;

interface Head {
  /** Absent in version 1. */
  readonly version?: number;
  readonly region: string;
  /** Absent in version 1. */
  readonly asked?: AskedPlace;
  readonly services: readonly string[];
}

interface Line {
  readonly part: PartName | ServiceName;
  /** In the first line of a part. */
  readonly coverage?: Coverage;
  readonly items: readonly unknown[];
}

/** Describes the answers of one service, some at a time. */
export interface Describing {
  rowsOf(answers: readonly ServiceAnswer[]): GraphRow[];
  /** The coverage of what was described, given that of the answers. */
  coverageOf(answered: Coverage): Coverage;
}
export type DescribeService = (service: ServiceName, asked: AskedPlace) => Describing;

/** Where the last snapshot of a Region lies. */
export function regionKey(account: string, region: string): string {
  return `snapshots/${account}/${region}.ndjson.gz`;
}

export async function putRegion(blobs: Blobs, key: string, snapshot: CollectedRegion): Promise<void> {
  await blobs.putLines(key, linesOf(snapshot));
}

function* linesOf({ region, asked, services, ...parts }: CollectedRegion): Generator<unknown> {
  yield { version: snapshotVersion, region, asked, services: Object.keys(services) } satisfies Head;
  for (const [part, { items, coverage }] of [...Object.entries(parts), ...Object.entries(services)]) {
    yield { part, coverage, items: items.slice(0, itemsPerLine) };
    for (let i = itemsPerLine; i < items.length; i += itemsPerLine) yield { part, items: items.slice(i, i + itemsPerLine) };
  }
}

/**
 * The whole snapshot; undefined when there is none. Answers are described line by line, and not kept.
 * @param describe without it the services are left out
 * @throws UnreadableBlobError when it was written by a version that this one does not know
 */
export async function getRegion(blobs: Blobs, key: string, describe?: DescribeService): Promise<RegionSnapshot | undefined> {
  const lines = await blobs.getLines(key);
  if (!lines) return undefined;
  let reading: Reading | undefined;
  for await (const line of lines) {
    if (reading) reading.add(line as Line);
    else reading = new Reading(headOf(line, key), describe);
  }
  if (!reading) throw new UnreadableBlobError(`Blob "${key}" is no snapshot of a Region: delete it and run the scan again.`);
  return reading.end();
}

function headOf(line: unknown, key: string): Head {
  const { version = 1, region, asked, services } = (line ?? {}) as Partial<Head>;
  const known = version === 1 || (version === snapshotVersion && asked !== undefined);
  if (!known || typeof region !== "string" || !Array.isArray(services)) throw UnreadableBlobError.ofVersion(key, version, snapshotVersion);
  return { version, region, services, ...(asked ? { asked } : {}) };
}

/** A snapshot that is being read, part by part. */
class Reading {
  readonly #head: Head;
  readonly #isService: ReadonlySet<string>;
  readonly #describe: DescribeService | undefined;
  readonly #parts: Record<string, Part<unknown>> = {};
  readonly #services: Record<string, Part<GraphRow>> = {};
  readonly #texts = new Map<string, string>();
  #open: unknown[] = [];
  #describing: Describing | undefined;
  #close: () => void = () => undefined;

  constructor(head: Head, describe: DescribeService | undefined) {
    this.#head = head;
    this.#isService = new Set(head.services);
    this.#describe = describe;
  }

  add({ part, coverage, items }: Line): void {
    if (coverage) this.#begin(part, coverage);
    if (!this.#isService.has(part)) for (const item of items) this.#open.push(item);
    else if (this.#describe) {
      const rows = this.#describing ? this.#describing.rowsOf(items as ServiceAnswer[]) : (items as GraphRow[]);
      for (const row of rows) this.#open.push(shared(row, this.#texts));
    }
  }

  /** @returns with what the version that wrote it did not know yet as left to be read */
  end(): RegionSnapshot {
    this.#close();
    const { region } = this.#head;
    const parts = partNames.map((name) => [name, this.#parts[name] ?? unknownThen(name, region)]);
    return { ...Object.fromEntries(parts), region, services: this.#services } as RegionSnapshot;
  }

  #begin(part: PartName | ServiceName, coverage: Coverage): void {
    this.#close();
    const items: unknown[] = [];
    this.#open = items;
    const { asked } = this.#head;
    const isService = this.#isService.has(part);
    // a service that this version no longer reads
    const isKnown = serviceNames.includes(part as ServiceName);
    const describing = isService && isKnown && asked ? this.#describe?.(part as ServiceName, asked) : undefined;
    this.#describing = describing;
    this.#close = () => {
      if (!isService) this.#parts[part] = { items, coverage };
      else if (this.#describe && isKnown) {
        this.#services[part] = { items: items as GraphRow[], coverage: describing ? describing.coverageOf(coverage) : coverage };
      }
    };
  }
}

function unknownThen(collector: PartName, region: string): Part<never> {
  const message = "the scan that made this snapshot was of a version that did not read it yet; the next scan does";
  return { items: [], coverage: { collector, region, status: "failed", code: "NotReadYet", message, resources: 0 } };
}

/** Gives the row the same strings for ARNs that other rows have: JSON makes a new one of each, and most are in many rows. */
function shared(row: GraphRow, texts: Map<string, string>): GraphRow {
  const once = (text: string) => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  // just made: nobody else has it yet
  const share = <T extends object>(members: T, names: readonly (keyof T & string)[]) => {
    for (const name of names) members[name] = once(members[name] as string) as T[typeof name];
  };
  if (row.resource) share(row.resource, ["arn", "type", "region"]);
  for (const relation of row.relations) share(relation, ["from", "to", "kind", "auth", "evidence"]);
  return row;
}
