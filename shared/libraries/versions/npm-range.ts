/** Ranges of npm, as packages name what they need (docs.npmjs.com/cli/v11/using-npm/semver, read 2026-11-28). Pure. */
import type { WholeNumber } from "./order.ts";
import { compareSemver, parseSemver, type SemverKey } from "./semver.ts";

interface Bound {
  readonly operator: "<" | ">=" | ">" | "<=" | "=";
  readonly key: SemverKey;
}

type Numbers = readonly WholeNumber[];

const longest = 500;
const comparator = /^(>=|<=|>|<|=|~>?|\^)?v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-[\w.-]+)?(?:\+[\w.-]+)?$/;

/**
 * Whether a range allows a version; undefined where that cannot be told: it names a folder, a repository or a tag, or the version is none to be
 * released.
 */
export function isInRange(range: string, version: string): boolean | undefined {
  const key = parseSemver(version);
  // `npm:other@^1.0.0` is the range of what the alias stands for
  const text = range.trim().replace(/^npm:@?[^@]+@/, "");
  if (text.length > longest || key.pre || key.numbers.length === 0) return undefined;
  const sets = text.split("||").map((one) => boundsOf(one.trim()));
  if (sets.some((bounds) => bounds?.every((bound) => isWithin(key, bound)))) return true;
  return sets.includes(undefined) ? undefined : false;
}

function isWithin(key: SemverKey, { operator, key: bound }: Bound): boolean {
  const order = compareSemver(key, bound);
  if (operator === "=") return order === 0;
  if (operator === ">=" || operator === "<=") return operator === ">=" ? order >= 0 : order <= 0;
  return operator === "<" ? order < 0 : order > 0;
}

/** All of them have to hold; undefined where one is not understood. */
function boundsOf(text: string): readonly Bound[] | undefined {
  if (text === "" || text === "latest") return [];
  const [, from, to] = /^(\S+)\s+-\s+(\S+)$/.exec(text) ?? [];
  const parts = from && to ? [`>=${from}`, `<=${to}`] : text.replace(/([<>=~^])\s+/g, "$1").split(/\s+/);
  const bounds = parts.map(comparatorBounds);
  return bounds.includes(undefined) ? undefined : bounds.flatMap((one) => one ?? []);
}

function comparatorBounds(text: string): readonly Bound[] | undefined {
  const [, operator = "", ...written] = comparator.exec(text) ?? [];
  if (written[0] === undefined) return undefined;
  const given = written.map((part) => (part === undefined || /[xX*]/.test(part) ? undefined : Number(part)));
  const [major, minor, patch] = given;
  if (given.some((part) => part !== undefined && !Number.isSafeInteger(part))) return undefined;
  if (major === undefined) return operator === "<" || operator === ">" ? [bound("<", [0])] : [];
  const whole = parseSemver(text.replace(/^[^\dv]*v?/, ""));
  const least: Bound = patch === undefined || minor === undefined ? bound(">=", [major, minor ?? 0]) : { operator: ">=", key: whole };
  const next = minor === undefined ? [major + 1] : patch === undefined ? [major, minor + 1] : undefined;
  if (operator === "^") return [least, bound("<", caretEnd(major, minor, patch))];
  if (operator.startsWith("~")) return [least, bound("<", minor === undefined ? [major + 1] : [major, minor + 1])];
  if (operator === ">=") return [least];
  if (operator === "<") return [{ ...least, operator: "<" }];
  if (operator === ">") return [next ? bound(">=", next) : { operator: ">", key: whole }];
  if (operator === "<=") return [next ? bound("<", next) : { operator: "<=", key: whole }];
  return next ? [least, bound("<", next)] : [{ operator: "=", key: whole }];
}

/** The first number that is not zero may not change; where none is, the last one that is given. */
function caretEnd(major: number, minor: number | undefined, patch: number | undefined): Numbers {
  if (major > 0 || minor === undefined) return [major + 1];
  return minor > 0 || patch === undefined ? [0, minor + 1] : [0, 0, patch + 1];
}

function bound(operator: Bound["operator"], numbers: Numbers): Bound {
  return { operator, key: { numbers } };
}
