/**
 * Reads made per resource, spread over days. What no list call answers is read when it is new or changed, when the account's
 * event history says that something was written to it, and otherwise again on a rotation: at most a fourteenth of them a scan,
 * the oldest first, and always up to fifty, so that small accounts are read freshly every time. What the history has watched
 * since it was read needs its second look half as often.
 */

import { isGone, outOfTime, statusOf } from "../../aws/errors.ts";
import { forEachAtMost } from "../../aws/paginate.ts";
import { type Answer, type CachedRead, type CachedReads, isOf, rememberedIn } from "./cached-reads.ts";

const rotationScans = 14;
const watchedRotationScans = 28;
const freshUpTo = 50;
const concurrency = 5;
/** After so many refusals without an answer, the refusal is ours and not a resource's. */
const refusalsBeforeGivingUp = 20;
/** Clocks differ, events carry whole seconds, and what AWS answers lags behind what was written to it. */
const toleranceMs = 15 * 60_000;

export interface Asked {
  readonly key: string;
  readonly fingerprint: string;
  /** Whatever changes it changes the fingerprint: then it is not read again for its age. */
  readonly settled?: boolean;
  /** Where writes to it are logged, if not in the Region of the rotation. */
  readonly loggedIn?: string;
}

/** What the event history knows of one kind of reads. Times are ISO 8601. */
export interface Writes {
  /** The last write since the last scan. */
  writtenAt(key: string): string | undefined;
  /** Every write since then was seen; absent where that cannot be said. */
  readonly seenSince?: string;
}

export interface RotationOptions {
  /** True once no further read may be started. */
  readonly isOutOfTime?: () => boolean;
  /** Asks the event history about one kind; only for kinds of which not everything is read in every scan. */
  readonly writesTo?: (kind: string, regions: readonly string[]) => Promise<Writes>;
}

/** The time that one step may take is over; what is left is read by the next scan. */
export class OutOfTimeError extends Error {
  override readonly name = outOfTime;
  constructor(left: number, kind: string) {
    super(`${left} reads (${kind}) were left for the next scan: this one used up its time`);
  }
}

export class Rotation {
  readonly #before: CachedReads;
  #after: Record<string, Record<string, CachedRead>> = {};
  #reader = 1;
  readonly #now: Date;
  readonly #region: string;
  readonly #isOutOfTime: () => boolean;
  readonly #writesTo: RotationOptions["writesTo"];

  constructor(before: CachedReads, now: Date, region: string, { isOutOfTime = () => false, writesTo }: RotationOptions = {}) {
    this.#before = before;
    this.#now = now;
    this.#region = region;
    this.#isOutOfTime = isOutOfTime;
    this.#writesTo = writesTo;
  }

  /** The same for a reader of this version: what one of another version read is not understood by it, and is read again. */
  forReader(version: number): Rotation {
    const writesTo = this.#writesTo ? { writesTo: this.#writesTo } : {};
    const rotation = new Rotation(this.#before, this.#now, this.#region, { isOutOfTime: this.#isOutOfTime, ...writesTo });
    rotation.#after = this.#after;
    rotation.#reader = version;
    return rotation;
  }

  /** What to keep for the next scan: only what was asked for in this one. */
  get kept(): CachedReads {
    return this.#after;
  }

  /** What an earlier scan remembered under `key`, whatever its age. */
  remembered<T>(kind: string, key: string): Answer<T> | undefined {
    return rememberedIn<T>(this.#before, kind, key, this.#reader);
  }

  /** Keys under which earlier scans remembered something of `kind`. */
  rememberedKeys(kind: string): readonly string[] {
    return Object.keys(this.#before[kind] ?? {});
  }

  /** Remembers `value` for the next scan. */
  remember(kind: string, key: string, value: unknown, readAt: string): void {
    this.#after[kind] = { ...this.#after[kind], [key]: { readAt, fingerprint: "", value, ...this.#readBy } };
  }

  get #readBy(): { readonly reader?: number } {
    return this.#reader === 1 ? {} : { reader: this.#reader };
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
    // names are other people's: `constructor` and `__proto__` among them
    const before: Record<string, CachedRead> = Object.create(null) as Record<string, CachedRead>;
    for (const [key, cached] of Object.entries(this.#before[kind] ?? {})) if (isOf(cached, this.#reader)) before[key] = cached;
    const after: Record<string, CachedRead> = Object.create(null) as Record<string, CachedRead>;
    this.#after[kind] = after;
    const writes = await this.#writes(kind, asked);
    const due = this.#due(asked, before, writes);
    const keepOld = (key: string) => {
      if (before[key]) after[key] = isWritten(key, before[key], writes) ? { ...before[key], stale: true } : before[key];
    };
    let refused: unknown;
    let refusals = 0;
    let answered = 0;
    let left = 0;
    await forEachAtMost(due, concurrency, async ({ key, fingerprint }) => {
      if (this.#isOutOfTime()) {
        left += 1;
        keepOld(key);
        return;
      }
      try {
        // once everything was refused, every further one would be: do not ask thousands of times
        if (refused !== undefined) throw refused;
        after[key] = { readAt: this.#now.toISOString(), fingerprint, value: await read(key), ...this.#readBy };
        answered += 1;
      } catch (error) {
        if (isGone(error)) return;
        if (statusOf(error) === "denied") {
          refusals += 1;
          // a resource's own policy may refuse what all others answer
          if (answered === 0 && refusals >= refusalsBeforeGivingUp) refused = error;
        }
        missed(error);
        keepOld(key);
      }
    });
    if (left > 0) missed(new OutOfTimeError(left, kind));
    const dueKeys = new Set(due.map(({ key }) => key));
    for (const { key } of asked) if (!dueKeys.has(key) && before[key]) after[key] = before[key];
    return new Map(Object.entries(after).map(([key, cached]) => [key, { value: cached.value as T, readAt: cached.readAt }]));
  }

  async #writes(kind: string, asked: readonly Asked[]): Promise<Writes> {
    if (!this.#writesTo || asked.length <= freshUpTo) return { writtenAt: () => undefined };
    return this.#writesTo(kind, [...new Set(asked.map(({ loggedIn }) => loggedIn ?? this.#region))]);
  }

  #due(asked: readonly Asked[], before: Readonly<Record<string, CachedRead>>, writes: Writes): Asked[] {
    const fresh: Asked[] = [];
    const again: { readonly asked: Asked; readonly readAt: string }[] = [];
    let watched = 0;
    for (const one of asked) {
      const cached = before[one.key];
      const isWatched = cached !== undefined && writes.seenSince !== undefined && cached.readAt >= writes.seenSince;
      if (isWatched) watched += 1;
      if (!cached || cached.fingerprint !== one.fingerprint || isWritten(one.key, cached, writes)) fresh.push(one);
      else if (!one.settled) again.push({ asked: one, readAt: cached.readAt });
    }
    again.sort((a, b) => (a.readAt < b.readAt ? -1 : a.readAt > b.readAt ? 1 : 0));
    const share = (asked.length - watched) / rotationScans + watched / watchedRotationScans;
    return [...fresh, ...again.slice(0, Math.max(freshUpTo, Math.ceil(share))).map((one) => one.asked)];
  }
}

function isWritten(key: string, cached: CachedRead, { writtenAt }: Writes): boolean {
  const at = writtenAt(key);
  return cached.stale === true || (at !== undefined && Date.parse(at) >= Date.parse(cached.readAt) - toleranceMs);
}
