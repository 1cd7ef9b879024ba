/**
 * Patterns of IAM (`*` any text, `?` one character) compared with each other: whether one takes in all that the other does, and a text that
 * several of them take in. A pattern is walked as the set of places in it that a text may have reached. Pure.
 */
import { matches } from "../policies/match.ts";

/** Stands for any character that no pattern names. */
const other = "\u0001";
/** What a star becomes in an example; nobody names a resource so by accident. */
const filler = "x1q7";
/** Patterns of people take a few dozen steps; hostile ones are given up on. */
const stepsAtMost = 20_000;

/** Whether every text of `inner` is a text of `outer`. Gives up on hostile patterns with false. */
export function coversText(outer: string, inner: string): boolean {
  if (outer === "*" || outer === inner) return true;
  if (!/[*?]/.test(inner)) return matches(outer, inner);
  const plain = outer.endsWith("*") ? outer.slice(0, -1) : undefined;
  if (plain !== undefined && !/[*?]/.test(plain)) {
    const start = inner.search(/[*?]/);
    return inner.slice(0, start).startsWith(plain);
  }
  const alphabet = [...new Set([...outer, ...inner])].filter((sign) => sign !== "*" && sign !== "?");
  return everyStep([inner, outer], [...alphabet, other], ([of, by]) => of === undefined || !of.ended || by?.ended === true);
}

/** A text that all of `patterns` take in, stars filled with something that nobody is called; undefined where there is none. */
export function commonText(patterns: readonly string[]): string | undefined {
  const [first = "*", ...rest] = [...new Set(patterns)];
  if (rest.length === 0) return filled(first);
  const plain = patterns.find((pattern) => !/[*?]/.test(pattern));
  if (plain !== undefined) return patterns.every((pattern) => matches(pattern, plain)) ? plain : undefined;
  const wild = [first, ...rest].filter((pattern) => pattern !== "*");
  if (wild.length <= 1) return filled(wild[0] ?? "*");
  if (!canMeet(wild)) return undefined;
  const alphabet = [...new Set([...first, ...rest.join("")])].filter((sign) => sign !== "*" && sign !== "?");
  let found: string | undefined;
  everyStep([first, ...rest], [...alphabet, other], (walks, text) => {
    if (!walks.every((walk) => walk?.ended)) return true;
    found = text;
    return false;
  });
  return found?.replaceAll(other, "x");
}

/** Whether some text is one of both: from the ends of both to their beginnings, place by place. */
export function haveCommonText(one: string, other: string): boolean {
  if (one === other || one === "*" || other === "*") return true;
  let after: boolean[] = [];
  for (let i = one.length; i >= 0; i -= 1) {
    const here: boolean[] = [];
    const a = one[i];
    for (let j = other.length; j >= 0; j -= 1) {
      const b = other[j];
      if (a === undefined && b === undefined) here[j] = true;
      else if (a === "*") here[j] = after[j] === true || (b !== undefined && here[j + 1] === true);
      else if (b === "*") here[j] = here[j + 1] === true || (a !== undefined && after[j] === true);
      else here[j] = a !== undefined && b !== undefined && (a === b || a === "?" || b === "?") && after[j + 1] === true;
    }
    after = here;
  }
  return after[0] === true;
}

/** Whether their beginnings and ends, as far as they are plain, go together: most pairs fail here already. */
function canMeet(patterns: readonly string[]): boolean {
  const starts = patterns.map((pattern) => pattern.slice(0, pattern.search(/[*?]/))).sort((a, b) => b.length - a.length);
  const ends = patterns.map((pattern) => /[^*?]*$/.exec(pattern)?.[0] ?? "").sort((a, b) => b.length - a.length);
  return starts.every((start) => starts[0]?.startsWith(start)) && ends.every((end) => ends[0]?.endsWith(end));
}

function filled(pattern: string): string {
  return pattern.replaceAll("*", filler).replaceAll("?", "x");
}

interface Walk {
  readonly places: readonly number[];
  readonly ended: boolean;
}

/**
 * Walks all patterns together, shortest texts first, as long as each can go on (the first alone decides where only it must).
 * @param goOn called at every new combination; false ends the walk
 * @returns whether `goOn` always said true
 */
function everyStep(
  patterns: readonly string[],
  alphabet: readonly string[],
  goOn: (walks: readonly (Walk | undefined)[], text: string) => boolean,
): boolean {
  const start = patterns.map((pattern) => settled(pattern, [0]));
  const queue: { walks: readonly Walk[]; text: string }[] = [{ walks: start, text: "" }];
  const seen = new Set([keyOf(start)]);
  for (let at = 0; at < queue.length; at += 1) {
    const { walks, text } = queue[at] ?? { walks: [], text: "" };
    if (!goOn(walks, text)) return false;
    for (const sign of alphabet) {
      const next = patterns.map((pattern, n) => stepped(pattern, walks[n], sign));
      // without the first there is no text to speak of
      if (next[0]?.places.length === 0) continue;
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > stepsAtMost) return false;
      queue.push({ walks: next, text: text + sign });
    }
  }
  return true;
}

function keyOf(walks: readonly Walk[]): string {
  return walks.map(({ places }) => places.join(",")).join("|");
}

function stepped(pattern: string, walk: Walk | undefined, sign: string): Walk {
  const next: number[] = [];
  for (const place of walk?.places ?? []) {
    const asked = pattern[place];
    if (asked === "*") next.push(place);
    else if (asked === "?" || asked === sign) next.push(place + 1);
  }
  return settled(pattern, next);
}

/** With what a star reaches without taking anything. */
function settled(pattern: string, places: readonly number[]): Walk {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === "*") all.add(place + 1);
  return { places: [...all].sort((a, b) => a - b), ended: all.has(pattern.length) };
}
