/** What every order of versions is made of. */

/** One ecosystem's order: a version is parsed once and compared often. Neither throws, whatever the text is. */
export interface VersionOrder<Key = unknown> {
  parse(version: string): Key;
  /** Below 0: `a` comes before `b`; 0: they are the same version in two spellings. */
  compare(a: Key, b: Key): number;
}

/** Exact at any length: comparing a bigint with a number is exact too. */
export type WholeNumber = number | bigint;

/** Digits of a version. Nobody writes longer versions; what differs only behind them is the same. */
export const mostCharacters = 400;

const safeDigits = 15;

export function wholeNumber(digits: string): WholeNumber {
  return digits.length <= safeDigits ? Number(digits) : BigInt(digits);
}

/** Of two numbers, or of two texts by their UTF-16 code units: never by a locale. */
export function compareValues<T extends WholeNumber | string>(a: T, b: T): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

export const isNumber = (part: WholeNumber | string): part is WholeNumber => typeof part !== "string";

/** Numbers and texts of a dotted list; where they meet, the text comes first when `textFirst`. */
export function compareParts(a: WholeNumber | string, b: WholeNumber | string, textFirst: boolean): number {
  if (isNumber(a) === isNumber(b)) return compareValues(a as string, b as string);
  return isNumber(a) === textFirst ? 1 : -1;
}

/** `1.2.3` and its like: the missing ones are 0. */
export function compareNumbers(a: readonly WholeNumber[], b: readonly WholeNumber[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const found = compareValues(a[i] ?? 0, b[i] ?? 0);
    if (found !== 0) return found;
  }
  return 0;
}
