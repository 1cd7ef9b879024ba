/**
 * Daily use of a function, packed for the ledger: 12 bytes a day, base64. 455 days of 10,000 functions are 73 MB this way and
 * several hundred as objects, so unpack one function at a time.
 *
 * Per day, little-endian: uint16 day, uint32 longest run in 1/100 ms (at most 11.9 hours), float32 samples (exact to 16.7 million),
 * uint16 errors (65,535 stands for that many or more).
 */
import { metricRetentionDays } from "../data/service-limits.ts";
import type { DailyUse } from "../model/usage.ts";

const bytesPerDay = 12;
const maxUint16 = 0xffff;
const maxUint32 = 0xffff_ffff;

/** Packs days; they must be in ascending order, each once. */
export function packDays(days: readonly DailyUse[]): string {
  const bytes = Buffer.allocUnsafe(days.length * bytesPerDay);
  let before = -1;
  days.forEach(({ day, samples, maxMs, errors }, index) => {
    if (!Number.isInteger(day) || day < 0 || day > maxUint16) throw new RangeError(`daily use: ${day} is not a day since 1970`);
    if (day <= before) throw new RangeError(`daily use: day ${day} comes after day ${before}`);
    if (!(samples >= 0 && maxMs >= 0 && errors >= 0))
      throw new RangeError(`daily use: day ${day} has a value that is not a count or a time`);
    before = day;
    const at = index * bytesPerDay;
    bytes.writeUInt16LE(day, at);
    bytes.writeUInt32LE(Math.min(Math.round(maxMs * 100), maxUint32), at + 2);
    bytes.writeFloatLE(samples, at + 6);
    bytes.writeUInt16LE(Math.min(Math.round(errors), maxUint16), at + 10);
  });
  return bytes.toString("base64");
}

/** The days that were packed, ascending. Throws when `packed` is not the work of `packDays`. */
export function unpackDays(packed: string): DailyUse[] {
  const bytes = Buffer.from(packed, "base64");
  // Buffer skips what is not base64: then fewer bytes come out than the length promises
  const padding = packed.endsWith("==") ? 2 : packed.endsWith("=") ? 1 : 0;
  if (packed.length % 4 !== 0 || bytes.length !== (packed.length / 4) * 3 - padding) throw corrupt("it is not base64");
  if (bytes.length % bytesPerDay !== 0) throw corrupt(`${bytes.length} bytes are no multiple of ${bytesPerDay}`);
  const days: DailyUse[] = [];
  let before = -1;
  for (let at = 0; at < bytes.length; at += bytesPerDay) {
    const day = bytes.readUInt16LE(at);
    const samples = bytes.readFloatLE(at + 6);
    if (day <= before) throw corrupt(`day ${day} comes after day ${before}`);
    if (!(samples >= 0 && Number.isFinite(samples))) throw corrupt(`day ${day} has ${samples} samples`);
    before = day;
    days.push({ day, samples, maxMs: bytes.readUInt32LE(at + 2) / 100, errors: bytes.readUInt16LE(at + 10) });
  }
  return days;
}

/**
 * Adds what was read to the ring. A day that was read again keeps the larger of samples, longest run and errors: CloudWatch stamps a run with its
 * start, so points are only ever added to a past day, and a smaller answer is an incomplete one. The ring before `rereadFromDay` stays as it is
 * unless something fresh reaches further back. Days more than 455 before `today` are dropped.
 */
export function mergeDays(packed: string, fresh: readonly DailyUse[], rereadFromDay: number, today: number): string {
  const ring = unpackDays(packed);
  const from = fresh.reduce((least, { day }) => Math.min(least, day), rereadFromDay);
  const untouched = ring.filter(({ day }) => day < from);
  const merged = new Map(ring.filter(({ day }) => day >= from).map((one) => [one.day, one]));
  for (const one of fresh) {
    const known = merged.get(one.day);
    merged.set(one.day, known ? larger(known, one) : one);
  }
  const reread = [...merged.values()].sort((a, b) => a.day - b.day);
  return packDays([...untouched, ...reread].filter(({ day }) => day >= today - metricRetentionDays));
}

function larger(a: DailyUse, b: DailyUse): DailyUse {
  return { day: a.day, samples: Math.max(a.samples, b.samples), maxMs: Math.max(a.maxMs, b.maxMs), errors: Math.max(a.errors, b.errors) };
}

function corrupt(what: string): Error {
  return new Error(`the ledger's daily use of a function cannot be read: ${what}`);
}
