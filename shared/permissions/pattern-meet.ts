/** What two patterns of IAM have in common, as patterns. Pure. */
import { covers, partsOf } from "./arn-patterns.ts";
import { coversText } from "./patterns.ts";

/** More patterns than this for one pair are given up on. */
const most = 24;
/** Steps in which two patterns are compared: those of people take a few hundred. */
const stepsAtMost = 20_000;

/** Patterns of ARNs that together stand for what both stand for; undefined where it would take too many. */
export function commonPatterns(one: string, other: string): readonly string[] | undefined {
  if (one === other || /^\*+$/.test(other)) return [one];
  if (/^\*+$/.test(one)) return [other];
  if (covers(one, other)) return [other];
  if (covers(other, one)) return [one];
  const [ours, theirs] = [partsOf(one), partsOf(other)];
  if (!ours || !theirs) return [];
  let found = [""];
  for (const [n, part] of ours.entries()) {
    const texts = commonTexts(part, theirs[n] ?? "");
    if (!texts) return undefined;
    found = found.flatMap((begun) => texts.map((text) => (n === 0 ? text : `${begun}:${text}`)));
    if (found.length > most) return undefined;
  }
  return found;
}

function commonTexts(one: string, other: string): readonly string[] | undefined {
  if (coversText(one, other)) return [other];
  if (coversText(other, one)) return [one];
  const found = new Set<string>();
  const walked = new Set<string>();
  const queue: { i: number; j: number; text: string }[] = [{ i: 0, j: 0, text: "" }];
  for (let step = queue.pop(); step; step = queue.pop()) {
    const key = `${step.i} ${step.j} ${step.text}`;
    if (walked.has(key)) continue;
    walked.add(key);
    if (walked.size > stepsAtMost) return undefined;
    if (step.i === one.length && step.j === other.length) found.add(step.text);
    else queue.push(...stepsFrom(one, other, step));
  }
  const widest = [...found].filter(
    (text) => ![...found].some((wide) => wide !== text && coversText(wide, text) && !(coversText(text, wide) && wide > text)),
  );
  return widest.length > most ? undefined : widest;
}

interface Step {
  readonly i: number;
  readonly j: number;
  readonly text: string;
}

/** A star of one side takes what the other side has there, or ends. */
function stepsFrom(one: string, other: string, { i, j, text }: Step): readonly Step[] {
  const [a, b] = [one[i], other[j]];
  const starred = text.endsWith("*") ? text : `${text}*`;
  if (a === "*" && b === "*") {
    return [
      { i: i + 1, j, text: starred },
      { i, j: j + 1, text: starred },
    ];
  }
  if (a === "*") return [{ i: i + 1, j, text }, ...(b === undefined ? [] : [{ i, j: j + 1, text: text + b }])];
  if (b === "*") return [{ i, j: j + 1, text }, ...(a === undefined ? [] : [{ i: i + 1, j, text: text + a }])];
  if (a === undefined || b === undefined) return [];
  if (a === b || a === "?" || b === "?") return [{ i: i + 1, j: j + 1, text: text + (a === "?" ? b : a) }];
  return [];
}
