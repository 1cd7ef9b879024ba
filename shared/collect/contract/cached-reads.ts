/** What was read per resource, as it is kept between scans. */

export interface CachedRead {
  readonly readAt: string;
  /** What the list said when it was read; another text means that it changed. */
  readonly fingerprint: string;
  readonly value: unknown;
  /** Something was written to it since, and it could not be read again. */
  readonly stale?: true;
  /** Version of the reader that made `value`; absent: 1. */
  readonly reader?: number;
}

/** By kind, then by key. Kept as one blob per Region between scans. */
export type CachedReads = Readonly<Record<string, Readonly<Record<string, CachedRead>>>>;

export interface Answer<T> {
  readonly value: T;
  readonly readAt: string;
}

/** A read that a reader of this version made. */
export function isOf(cached: CachedRead | undefined, reader: number): boolean {
  return typeof cached?.readAt === "string" && (cached.reader ?? 1) === reader;
}

/** What an earlier scan, by a reader of that version, remembered as `kind` under `key` in `cached`. */
export function rememberedIn<T>(cached: CachedReads, kind: string, key: string, reader = 1): Answer<T> | undefined {
  const kept = cached[kind];
  const found = kept && Object.hasOwn(kept, key) ? kept[key] : undefined;
  return found && isOf(found, reader) ? { value: found.value as T, readAt: found.readAt } : undefined;
}
