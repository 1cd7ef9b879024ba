/**
 * Reads made per resource, spread over days. What no list call answers is read when it is new or changed, and otherwise
 * again on a rotation: at most a fourteenth of them a scan, the oldest first, and always up to fifty, so that small
 * accounts are read freshly every time.
 */

import { isGone, statusOf } from "../aws/errors.ts";
import { forEachAtMost } from "../aws/paginate.ts";

const rotationScans = 14;
const freshUpTo = 50;
const concurrency = 5;

interface CachedRead {
  readonly readAt: string;
  /** What the list said when it was read; another text means that it changed. */
  readonly fingerprint: string;
  readonly value: unknown;
}

/** By kind, then by key. Kept as one blob per Region between scans. */
export type CachedReads = Readonly<Record<string, Readonly<Record<string, CachedRead>>>>;

export interface Asked {
  readonly key: string;
  readonly fingerprint: string;
  /** Whatever changes it changes the fingerprint: then it is not read again for its age. */
  readonly settled?: boolean;
}

export interface Answer<T> {
  readonly value: T;
  readonly readAt: string;
}

/** The time that one step may take is over; what is left is read by the next scan. */
export class OutOfTimeError extends Error {
  override readonly name = "OutOfTime";
  constructor(left: number, kind: string) {
    super(`${left} reads (${kind}) were left for the next scan: this one used up its time`);
  }
}

export class Rotation {
  readonly #before: CachedReads;
  readonly #after: Record<string, Record<string, CachedRead>> = {};
  readonly #now: Date;
  readonly #isOutOfTime: () => boolean;

  /** @param isOutOfTime true once no further read may be started */
  constructor(before: CachedReads, now: Date, isOutOfTime: () => boolean = () => false) {
    this.#before = before;
    this.#now = now;
    this.#isOutOfTime = isOutOfTime;
  }

  /** What to keep for the next scan: only what was asked for in this one. */
  get kept(): CachedReads {
    return this.#after;
  }

  /** What an earlier scan remembered under `key`, whatever its age. */
  remembered<T>(kind: string, key: string): Answer<T> | undefined {
    const cached = this.#before[kind]?.[key];
    return cached ? { value: cached.value as T, readAt: cached.readAt } : undefined;
  }

  /** Remembers `value` for the next scan. */
  remember(kind: string, key: string, value: unknown, readAt: string): void {
    this.#after[kind] = { ...this.#after[kind], [key]: { readAt, fingerprint: "", value } };
  }

  /**
   * Answers for every key of `asked`, read now or remembered. A key whose resource is gone has no answer.
   * @param missed called with the error of each read that failed; an older answer, where there is one, still stands
   */
  async read<T>(
    kind: string,
    asked: readonly Asked[],
    read: (key: string) => Promise<T>,
    missed: (error: unknown) => void,
  ): Promise<Map<string, Answer<T>>> {
    const before = this.#before[kind] ?? {};
    const after: Record<string, CachedRead> = {};
    this.#after[kind] = after;
    const due = this.#due(asked, before);
    let refused: unknown;
    let left = 0;
    await forEachAtMost(due, concurrency, async ({ key, fingerprint }) => {
      if (this.#isOutOfTime()) {
        left += 1;
        if (before[key]) after[key] = before[key];
        return;
      }
      try {
        // once refused, every further one would be: do not ask thousands of times
        if (refused !== undefined) throw refused;
        after[key] = { readAt: this.#now.toISOString(), fingerprint, value: await read(key) };
      } catch (error) {
        if (isGone(error)) return;
        if (statusOf(error) === "denied") refused = error;
        missed(error);
        if (before[key]) after[key] = before[key];
      }
    });
    if (left > 0) missed(new OutOfTimeError(left, kind));
    const dueKeys = new Set(due.map(({ key }) => key));
    for (const { key } of asked) if (!dueKeys.has(key) && before[key]) after[key] = before[key];
    return new Map(Object.entries(after).map(([key, cached]) => [key, { value: cached.value as T, readAt: cached.readAt }]));
  }

  #due(asked: readonly Asked[], before: Readonly<Record<string, CachedRead>>): Asked[] {
    const fresh: Asked[] = [];
    const again: { readonly asked: Asked; readonly readAt: string }[] = [];
    for (const one of asked) {
      const cached = before[one.key];
      if (!cached || cached.fingerprint !== one.fingerprint) fresh.push(one);
      else if (!one.settled) again.push({ asked: one, readAt: cached.readAt });
    }
    again.sort((a, b) => (a.readAt < b.readAt ? -1 : a.readAt > b.readAt ? 1 : 0));
    const cap = Math.max(freshUpTo, Math.ceil(asked.length / rotationScans));
    return [...fresh, ...again.slice(0, cap).map((one) => one.asked)];
  }
}
