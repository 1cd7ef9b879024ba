/** Who hears an alarm that has no action of its own: composite alarms that contain it, and rules on the events of its state. Pure. */

/** A composite alarm, as far as it passes on what it contains. */
export interface Composite {
  readonly name: string;
  readonly arn: string;
  /** AlarmRule, e.g. `ALARM("a") OR ALARM("b")`. */
  readonly rule: string;
  readonly hasAction: boolean;
}

/** An enabled rule of the default event bus with a target. */
export interface AlarmListener {
  readonly name: string;
  readonly pattern: string;
}

/** A composite may lie in a composite; longer chains than this are not followed. */
const deepest = 10;

/** Composite alarms with an action that go off, or may, when the alarm does; their names. */
export function compositesAbove(
  alarm: { readonly name: string; readonly arn: string },
  composites: readonly Composite[],
  depth = 0,
): string[] {
  if (depth >= deepest) return [];
  const above = composites.filter(({ rule }) => contains(rule, alarm));
  const found = above.flatMap((one) => [...(one.hasAction ? [one.name] : []), ...compositesAbove(one, composites, depth + 1)]);
  return [...new Set(found)];
}

/** `ALARM(name)`, `ALARM("name")` or by ARN, not under a NOT. */
function contains(rule: string, { name, arn }: { readonly name: string; readonly arn: string }): boolean {
  return [...rule.matchAll(/(NOT\s*\(?\s*)?\bALARM\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^\s()]+))\s*\)/gi)].some(([, not, ...quoted]) => {
    const named = quoted.find((one) => one !== undefined);
    return !not && (named === name || named === arn);
  });
}

/** True where a rule with this pattern gets the event that the alarm went off. What we cannot read of a pattern is taken to match. */
export function hearsAlarm({ pattern }: AlarmListener, alarm: { readonly name: string; readonly arn: string }): boolean {
  try {
    const event = {
      source: "aws.cloudwatch",
      "detail-type": "CloudWatch Alarm State Change",
      resources: alarm.arn,
      detail: { alarmName: alarm.name, state: { value: "ALARM" } },
    };
    const read: unknown = JSON.parse(pattern);
    // a pattern that names neither hears everything of an account or something else altogether
    return isObject(read) && ("source" in read || "detail-type" in read) && matches(read, event);
  } catch {
    return false;
  }
}

function matches(pattern: Readonly<Record<string, unknown>>, event: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === "$or") return !Array.isArray(wanted) || wanted.some((one) => isObject(one) && matches(one, event));
    const value = event[key];
    if (Array.isArray(wanted)) return typeof value !== "string" || wanted.some((one) => matchesValue(one, value));
    return !isObject(wanted) || !isObject(value) || matches(wanted, value);
  });
}

function matchesValue(wanted: unknown, value: string): boolean {
  if (typeof wanted === "string") return wanted === value;
  if (!isObject(wanted)) return false;
  const { prefix, suffix, wildcard, "equals-ignore-case": anyCase, "anything-but": but } = wanted;
  if (typeof prefix === "string") return value.startsWith(prefix);
  if (typeof suffix === "string") return value.endsWith(suffix);
  if (typeof anyCase === "string") return value.toLowerCase() === anyCase.toLowerCase();
  if (typeof wildcard === "string") return matchesWildcard(wildcard, value);
  if (but !== undefined) return !(Array.isArray(but) ? but : [but]).some((one) => matchesValue(one, value));
  return true;
}

/** Stars stand for anything; looked for one after the other, in time linear in the text. */
function matchesWildcard(wildcard: string, value: string): boolean {
  const [first = "", ...rest] = wildcard.split("*");
  const last = rest.pop();
  if (last === undefined) return wildcard === value;
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0 || found + part.length > value.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
