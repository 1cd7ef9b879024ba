/** What a collector is, and how its failures become coverage. */
import type { Clients } from "../../aws/clients.ts";
import { coverageOf, statusOf } from "../../aws/errors.ts";
import type { Part } from "../../model/coverage.ts";
import type { ServiceName } from "../../model/graph.ts";
import type { PartName } from "../../model/snapshot.ts";
import type { EventHistory } from "./event-history.ts";
import type { AskedOnce } from "./once.ts";
import type { Rotation } from "./rotation.ts";

/** Everything a collector may use. `now` is the scan's time. */
export interface CollectContext {
  readonly clients: Clients;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly now: Date;
  readonly rotation: Rotation;
  readonly history: EventHistory;
  /** Answers that several collectors need. */
  readonly once: AskedOnce;
  /** False: lambda:GetFunction, which gives a link to code, is not asked. Absent: it may be. */
  readonly readsCode?: boolean;
}

/** What every collector says about itself; the deployed role is made from `actions`. */
export interface CollectorMeta {
  readonly name: PartName | ServiceName | "regions" | "alias" | "code" | "libraries";
  /** Taken up by one when it makes something else of what it reads per resource: then what earlier scans read is read again. */
  readonly readerVersion: number;
  /** IAM actions it uses. */
  readonly actions: readonly string[];
  /** One line for docs/permissions.md. */
  readonly reads: string;
}

/** What `collector` is given: of what earlier scans read, only what its version of the reader understands. */
export function contextOf<C extends CollectContext>({ readerVersion }: Pick<CollectorMeta, "readerVersion">, context: C): C {
  return { ...context, rotation: context.rotation.forReader(readerVersion) };
}

/** Where a collector puts what it read, and what it could not read. */
export interface Sink<T> {
  push(...items: T[]): void;
  /** Something of a listed resource could not be read, but the rest goes on: the part is partial. */
  miss(error: unknown): void;
  /** A list could not be read to its end: there may be resources that nothing is known of. */
  missList(error: unknown): void;
}

/** Runs `read`; whatever it throws or misses ends up in the coverage of the part, with what was read until then. */
export async function collectPart<T>(
  collector: PartName | ServiceName,
  region: string,
  read: (sink: Sink<T>) => Promise<void>,
): Promise<Part<T>> {
  const items: T[] = [];
  const failures: unknown[] = [];
  let listed = true;
  const sink: Sink<T> = {
    push: (...more) => {
      for (const item of more) items.push(item);
    },
    miss: (error) => {
      failures.push(error);
    },
    missList: (error) => {
      listed = false;
      failures.push(error);
    },
  };
  try {
    await read(sink);
  } catch (error) {
    listed = false;
    failures.unshift(error);
  }
  if (failures.length === 0) return { items, coverage: { collector, region, status: "complete", resources: items.length } };
  // what failed says more than what was not asked yet
  const first = failures.find((failure) => statusOf(failure) !== "left") ?? failures[0];
  const coverage = coverageOf(collector, region, first, items.length);
  return { items, coverage: listed ? { ...coverage, listed } : coverage };
}

/** So often a collector may leave something for the next scan: by then everything has been read on the longest rotation. */
const scansLeftAtMost = 28;
const leftKind = "left";

/** The part, after noting that something of it was left for the next scan: where that goes on and on, it is a failure after all. */
export function notingLeft<P extends Part<unknown>>({ rotation, now }: CollectContext, part: P): P {
  const { collector, status } = part.coverage;
  if (status !== "left") return part;
  const times = (rotation.remembered<number>(leftKind, collector)?.value ?? 0) + 1;
  rotation.remember(leftKind, collector, times, now.toISOString());
  if (times <= scansLeftAtMost) return part;
  return { ...part, coverage: { ...part.coverage, status: part.items.length > 0 ? "partial" : "failed" } };
}

/** A part that could not be read because what it builds on could not be. */
export function unavailableFor<T>(collector: PartName | ServiceName, basis: Part<unknown>): Part<T> {
  return { items: [], coverage: { ...basis.coverage, collector, resources: 0, follows: basis.coverage.collector } };
}
