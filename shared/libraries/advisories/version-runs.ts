/** What is known of a version that is not known, as one or more runs of versions: `>=1.0.0 <1.8.2 || 2.0.0`. Pure. */
import type { VersionOrder } from "../versions/order.ts";
import type { ParsedInterval } from "./intervals.ts";

interface End {
  readonly text: string;
  readonly key: unknown;
  /** The version itself is in the run. */
  readonly isIn: boolean;
}

/** Everything between two versions; without an end where nothing is known of that side. */
export interface VersionRun {
  readonly from?: End;
  readonly to?: End;
}

/** How a bound says on which side of a version something lies. */
export type BoundOperator = "<" | "<=" | ">" | ">=" | "=";

/** Undefined where it is not written as `Package.versionRange` is. */
export function versionRuns(range: string, order: VersionOrder): readonly VersionRun[] | undefined {
  const runs = range.split("||").map((text) => runOf(text.trim(), order));
  return runs.includes(undefined) ? undefined : (runs as readonly VersionRun[]);
}

function runOf(text: string, order: VersionOrder): VersionRun | undefined {
  const ends = text.split(/\s+/).map((part) => /^([<>]?=?)(\d[\w.+-]*)$/.exec(part));
  if (ends.length > 2 || ends.includes(null)) return undefined;
  const run: { from?: End; to?: End } = {};
  for (const [, operator = "", version = ""] of ends as RegExpExecArray[]) {
    const end = { text: version, key: order.parse(version), isIn: operator !== "<" && operator !== ">" };
    if (!operator.startsWith("<")) run.from = end;
    if (!operator.startsWith(">")) run.to = end;
  }
  return run;
}

/** Whether every version of the run lies in an interval of an advisory. */
export function holdsRun({ from: first, to: last, endIsIn }: ParsedInterval, { from, to }: VersionRun, order: VersionOrder): boolean {
  const beginsIn = first === undefined || (from !== undefined && order.compare(from.key, first) >= 0);
  if (!beginsIn || last === undefined) return beginsIn;
  if (to === undefined) return false;
  const beyond = order.compare(to.key, last);
  return beyond < 0 || (beyond === 0 && (endIsIn || !to.isIn));
}

/** Whether a version is after every version of the run. */
export function isBeyond(key: unknown, { to }: VersionRun, order: VersionOrder): boolean {
  if (to === undefined) return false;
  const beyond = order.compare(key, to.key);
  return beyond > 0 || (beyond === 0 && !to.isIn);
}

/** Whether a version of the run may lie on that side of another. */
export function mayLie({ from, to }: VersionRun, operator: BoundOperator, key: unknown, order: VersionOrder): boolean {
  const first = from === undefined ? -1 : order.compare(from.key, key);
  const last = to === undefined ? 1 : order.compare(to.key, key);
  const beginsBefore = first < 0 || (first === 0 && (from?.isIn ?? true));
  const endsAfter = last > 0 || (last === 0 && (to?.isIn ?? true));
  if (operator === "<") return first < 0;
  if (operator === "<=") return beginsBefore;
  if (operator === ">") return last > 0;
  return operator === ">=" ? endsAfter : beginsBefore && endsAfter;
}
