/**
 * Semantic versions (semver.org 2.0.0, section 11) as npm and Go write them; with an `=`, a `v`, or fewer than three numbers they are still
 * understood. Whatever follows the third number counts as a pre-release does, also without the hyphen: a version that nobody may
 * publish is rather held to be too old than to be mended.
 */
import { compareNumbers, compareParts, type VersionOrder, type WholeNumber, wholeNumber } from "./order.ts";

export interface SemverKey {
  readonly numbers: readonly WholeNumber[];
  /** Absent: it is a release. */
  readonly pre?: readonly (WholeNumber | string)[];
}

const shape = /^[\s=v]*(\d+)(?:\.(\d+))?(?:\.(\d+))?(.*)$/is;

/** @param mostNumbers 3, or 4 as NuGet has them */
export function parseSemver(version: string, written = shape): SemverKey {
  const text = version.trim();
  const [matched, ...parts] = written.exec(text) ?? [];
  // no version: before all of them
  if (matched === undefined) return { numbers: [-1], pre: [text] };
  const rest = (parts.pop() ?? "").replace(/\+.*$/s, "");
  const numbers = parts.filter((digits) => digits !== undefined).map(wholeNumber);
  const pre = rest.replace(/^-/, "");
  return pre === "" ? { numbers } : { numbers, pre: pre.split(".").map((part) => (/^\d+$/.test(part) ? wholeNumber(part) : part)) };
}

export function compareSemver(a: SemverKey, b: SemverKey): number {
  const byNumbers = compareNumbers(a.numbers, b.numbers);
  if (byNumbers !== 0 || (!a.pre && !b.pre)) return byNumbers;
  if (!a.pre || !b.pre) return a.pre ? -1 : 1;
  for (let i = 0; i < Math.min(a.pre.length, b.pre.length); i += 1) {
    const found = compareParts(a.pre[i] ?? 0, b.pre[i] ?? 0, false);
    if (found !== 0) return found;
  }
  return a.pre.length - b.pre.length;
}

export const semverOrder: VersionOrder<SemverKey> = { parse: (version) => parseSemver(version), compare: compareSemver };
