/** Maven's order (maven.apache.org/pom.html#version-order-specification): tokens with the separator before them. */
import { compareValues, isNumber, type VersionOrder, type WholeNumber, wholeNumber } from "./order.ts";

interface Token {
  readonly separator: "." | "-";
  readonly value: WholeNumber | string;
}

type Tokens = readonly Token[];

/** Nothing stands between "snapshot" and "sp"; unknown words come after these, by the alphabet. */
const knownWords = new Map(["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"].map((word, rank) => [word, rank]));
const otherNames = new Map([
  ["cr", "rc"],
  ["ga", ""],
  ["final", ""],
  ["release", ""],
]);
/** Directly before a number only: `1a1` is 1-alpha-1, `1a` is not. */
const shortNames = new Map([
  ["a", "alpha"],
  ["b", "beta"],
  ["m", "milestone"],
]);

function parse(version: string): Tokens {
  const tokens: Token[] = [];
  const text = version.trim().toLowerCase();
  for (const [, separator = "", digits, word = ""] of text.matchAll(/([.-]?)(?:(\d+)|([^\d.-]+)|(?=[.-]|$))/g)) {
    // the empty match at the end, where the version does not end with a separator
    if (separator === "" && digits === undefined && word === "") continue;
    const between = separator === "." ? "." : "-";
    const value = digits === undefined ? word : wholeNumber(digits);
    // nothing between two separators is a zero
    tokens.push({ separator: between, value: value === "" ? 0 : value });
  }
  return withoutNulls(tokens.map((token, i) => named(token, tokens[i + 1])));
}

/** A word by its usual name. */
function named(token: Token, next: Token | undefined): Token {
  if (isNumber(token.value)) return token;
  const followed = next?.separator === "-" && isNumber(next.value);
  const long = (followed ? shortNames.get(token.value) : undefined) ?? token.value;
  return { ...token, value: otherNames.get(long) ?? long };
}

/** Zeros and empty words at the end say nothing, nor do those before a hyphen. */
function withoutNulls(tokens: readonly Token[]): Tokens {
  const kept = [...tokens];
  for (let at = kept.length - 1; at > 0; at -= 1) {
    const token = kept[at];
    if (token && (token.value === 0 || token.value === "")) kept.splice(at, 1);
    else while (at > 0 && kept[at]?.separator !== "-") at -= 1;
  }
  return kept;
}

function compare(a: Tokens, b: Tokens): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const [one, other] = [a[i] ?? nothingLike(b[i]), b[i] ?? nothingLike(a[i])];
    const found = compareTokens(one, other);
    if (found !== 0) return found;
  }
  return 0;
}

function nothingLike(token: Token | undefined): Token {
  return { separator: token?.separator ?? "-", value: token && isNumber(token.value) ? 0 : "" };
}

/** Words after a dot, words after a hyphen, numbers after a hyphen, numbers after a dot. */
function compareTokens(a: Token, b: Token): number {
  const byKind = kindRank(a) - kindRank(b);
  if (byKind !== 0) return byKind;
  if (isNumber(a.value) || isNumber(b.value)) return compareValues(a.value as WholeNumber, b.value as WholeNumber);
  const [rankA, rankB] = [knownWords.get(a.value) ?? knownWords.size, knownWords.get(b.value) ?? knownWords.size];
  return rankA - rankB || (rankA === knownWords.size ? compareValues(a.value, b.value) : 0);
}

function kindRank({ separator, value }: Token): number {
  if (isNumber(value)) return separator === "." ? 3 : 2;
  return separator === "." ? 0 : 1;
}

export const mavenOrder: VersionOrder<Tokens> = { parse, compare };
