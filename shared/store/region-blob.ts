/** A Region's snapshot between the steps of a scan: lines of a few hundred items, so that neither writing nor reading holds its text as a whole. */
import type { Coverage, Part } from "../model/coverage.ts";
import type { GraphRow, ServiceName } from "../model/graph.ts";
import type { PartName, RegionSnapshot } from "../model/snapshot.ts";
import type { Blobs } from "./blobs.ts";

const itemsPerLine = 200;

interface Line {
  readonly part: PartName | ServiceName;
  /** In the first line of a part. */
  readonly coverage?: Coverage;
  readonly items: readonly unknown[];
}

/** Where the last snapshot of a Region lies. */
export function regionKey(account: string, region: string): string {
  return `snapshots/${account}/${region}.ndjson.gz`;
}

export async function putRegion(blobs: Blobs, key: string, snapshot: RegionSnapshot): Promise<void> {
  await blobs.putLines(key, linesOf(snapshot));
}

function* linesOf({ region, services, ...parts }: RegionSnapshot): Generator<unknown> {
  yield { region, services: Object.keys(services) };
  for (const [part, { items, coverage }] of [...Object.entries(parts), ...Object.entries(services)]) {
    yield { part, coverage, items: items.slice(0, itemsPerLine) };
    for (let i = itemsPerLine; i < items.length; i += itemsPerLine) yield { part, items: items.slice(i, i + itemsPerLine) };
  }
}

/** The whole snapshot; undefined when there is none. */
export async function getRegion(blobs: Blobs, key: string): Promise<RegionSnapshot | undefined> {
  const lines = await blobs.getLines(key);
  if (!lines) return undefined;
  let region = "";
  let isService: ReadonlySet<string> = new Set();
  const parts: Record<string, Part<unknown>> = {};
  const services: Record<string, Part<GraphRow>> = {};
  let open: unknown[] = [];
  const texts = new Map<string, string>();
  for await (const line of lines) {
    if (region === "") {
      const head = line as { readonly region: string; readonly services: readonly string[] };
      region = head.region;
      isService = new Set(head.services);
      continue;
    }
    const { part, coverage, items } = line as Line;
    if (coverage) {
      open = [];
      if (isService.has(part)) services[part] = { coverage, items: open as GraphRow[] };
      else parts[part] = { coverage, items: open };
    }
    for (const item of items) open.push(isService.has(part) ? shared(item as GraphRow, texts) : item);
  }
  return { ...parts, region, services } as unknown as RegionSnapshot;
}

/** Gives the row the same strings for ARNs that other rows have: JSON makes a new one of each, and most are in many rows. */
function shared(row: GraphRow, texts: Map<string, string>): GraphRow {
  const once = (text: string) => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  // just made from JSON: nobody else has it yet
  const share = <T extends object>(members: T, names: readonly (keyof T & string)[]) => {
    for (const name of names) members[name] = once(members[name] as string) as T[typeof name];
  };
  if (row.resource) share(row.resource, ["arn", "type", "region"]);
  for (const relation of row.relations) share(relation, ["from", "to", "kind", "auth", "evidence"]);
  return row;
}
