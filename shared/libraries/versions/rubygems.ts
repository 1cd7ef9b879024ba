/** Gem::Version (guides.rubygems.org/patterns, "pre-release gems"): numbers and words in turn, a word comes before any number. */
import { compareParts, type VersionOrder, type WholeNumber, wholeNumber } from "./order.ts";

type Parts = readonly (WholeNumber | string)[];

/** The numbers, then all from the first word on; zeros at the end of either say nothing: `1.0.a.0` is `1.a`. */
function parse(version: string): Parts {
  const written =
    version
      .trim()
      .replaceAll("-", ".pre.")
      .match(/\d+|[a-z]+/gi) ?? [];
  const parts = written.map((part) => (/\d/.test(part) ? wholeNumber(part) : part));
  const firstWord = parts.findIndex((part) => typeof part === "string");
  if (firstWord < 0) return withoutZeros(parts);
  return [...withoutZeros(parts.slice(0, firstWord)), ...withoutZeros(parts.slice(firstWord))];
}

function withoutZeros(parts: Parts): Parts {
  return parts.slice(0, parts.findLastIndex((part) => part !== 0) + 1);
}

function compare(a: Parts, b: Parts): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const found = compareParts(a[i] ?? 0, b[i] ?? 0, true);
    if (found !== 0) return found;
  }
  return 0;
}

export const rubygemsOrder: VersionOrder<Parts> = { parse, compare };
