/** What somebody was shown as worth doing, and what the next scan found of it. Pure. */
import type { DocumentFinding } from "../model/document.ts";
import type { TodayDocument, WorthDoing } from "./item.ts";

export const memoryVersion = 1;

/** Something that was shown. */
export interface Shown {
  readonly key: string;
  readonly title: string;
  /** Ids of the findings that it was to clear. */
  readonly findings: readonly string[];
  /** When it was first shown, ISO 8601. */
  readonly shownAt: string;
}

export interface Done extends Shown {
  /** Somebody decided to live with what is left of it. */
  readonly decided: boolean;
}

export interface TodayMemory {
  readonly version: typeof memoryVersion;
  /** The scan that `done` was recognised by. */
  readonly scan: string;
  /** Shown, and not done by then. */
  readonly waiting: readonly Shown[];
  readonly done: readonly Done[];
}

/** Ids that are kept of one thing: a deed that clears more is done when the gravest of them are. */
const mostIds = 200;
const mostWaiting = 200;
/** What nobody did in a quarter of a year is forgotten. */
const rememberedMs = 90 * 86_400_000;

/** What was remembered, seen from this scan: from a newer one than the last time on, what was done since is recognised. */
export function recall(before: TodayMemory | undefined, document: Pick<TodayDocument, "scan" | "findings">, now: Date): TodayMemory {
  const { id } = document.scan;
  if (!before) return { version: memoryVersion, scan: id, waiting: [], done: [] };
  if (before.scan === id) return before;
  const byId = new Map(document.findings.map((finding) => [finding.id, finding]));
  const [waiting, done]: [Shown[], Done[]] = [[], []];
  for (const shown of before.waiting) {
    const left = shown.findings.flatMap((one) => byId.get(one) ?? []).filter((finding) => isLeft(shown, finding));
    const open = left.filter(({ status }) => status !== "SUPPRESSED" || isQuestion(shown));
    if (open.length === 0) done.push({ ...shown, decided: left.length > 0 });
    else if (now.getTime() - Date.parse(shown.shownAt) < rememberedMs) waiting.push(shown);
  }
  return { version: memoryVersion, scan: id, waiting, done };
}

/** What was asked is whether it is to stay accepted. */
function isQuestion({ key }: Shown): boolean {
  return key.startsWith("decide ");
}

/** An owner is named, it was decided again, or the finding is no longer open: a document holds what is open, and what was not looked at stays open in it. */
function isLeft(shown: Shown, { status, owner, acknowledged }: DocumentFinding): boolean {
  const { key } = shown;
  if (isQuestion(shown)) return status === "SUPPRESSED" && acknowledged?.endsSoon === true && key === `decide ${acknowledged.ack}`;
  if (key.startsWith("unclaimed ") && `unclaimed ${owner.team ?? ""}` !== key) return false;
  return status !== "RESOLVED" && !(key.startsWith("owner ") && owner.team !== undefined);
}

/** The memory once these were shown. */
export function remember(memory: TodayMemory, shown: readonly WorthDoing[], now: Date): TodayMemory {
  const before = new Map(memory.waiting.map((one) => [one.key, one]));
  for (const { key, title, findings } of shown) {
    const { shownAt = now.toISOString() } = before.get(key) ?? {};
    const ids = findings.slice(0, mostIds).map(({ id }) => id);
    // last in, so that the oldest are the first to be forgotten
    before.delete(key);
    if (ids.length > 0) before.set(key, { key, title, findings: ids, shownAt });
  }
  return { ...memory, waiting: [...before.values()].slice(-mostWaiting) };
}

/** What another version wrote, or what is no memory, counts as none: it only says what was shown. */
export function asMemory(value: unknown): TodayMemory | undefined {
  const memory = value as Partial<TodayMemory> | undefined;
  const isOne = memory?.version === memoryVersion && Array.isArray(memory.waiting) && Array.isArray(memory.done);
  return isOne ? (memory as TodayMemory) : undefined;
}
