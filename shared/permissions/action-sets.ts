/**
 * Which actions of the table a pattern takes in. Every action has a number; a pattern's numbers are looked up within its service only and
 * remembered, so that a thousand roles that share managed policies cost what one does. Pure.
 */
import { type ActionFacts, actionsOf, servicePrefixes } from "../data/action-table.ts";
import { matches } from "../policies/match.ts";

interface Range {
  readonly service: string;
  readonly from: number;
  readonly names: readonly string[];
}

interface Index {
  readonly all: readonly ActionFacts[];
  readonly ranges: readonly Range[];
  readonly byService: ReadonlyMap<string, Range>;
  /** By name, lower case. */
  readonly byName: ReadonlyMap<string, number>;
}

let made: Index | undefined;
const remembered = new Map<string, Uint16Array>();
const rememberedAtMost = 50_000;

/** Every action, by its number. */
export function everyAction(): readonly ActionFacts[] {
  return index().all;
}

/** Names of the actions that have a mark, by their numbers. A loop: there are twenty thousand of them, and this is asked of every role. */
export function markedNames(marks: Uint8Array): string[] {
  const names: string[] = [];
  for (const [number, { name }] of everyAction().entries()) if (marks[number]) names.push(name);
  return names;
}

/** The number of an action by its name, lower case; undefined for what the table does not know. */
export function numberOf(action: string): number | undefined {
  return index().byName.get(action);
}

/** Numbers of the actions that the pattern (`s3:Get*`, lower case) takes in, ascending. */
export function numbersOf(pattern: string): Uint16Array {
  const known = remembered.get(pattern);
  if (known) return known;
  const found = lookedUp(pattern);
  if (remembered.size >= rememberedAtMost) remembered.clear();
  remembered.set(pattern, found);
  return found;
}

function lookedUp(pattern: string): Uint16Array {
  const { all, ranges, byService } = index();
  if (/^\*+(:\*+)?$/.test(pattern)) return Uint16Array.from(all, (_, number) => number);
  const colon = pattern.indexOf(":");
  if (colon < 0) return new Uint16Array(0);
  const [service, action] = [pattern.slice(0, colon), pattern.slice(colon + 1)];
  const found: number[] = [];
  const asked = /[*?]/.test(service) ? ranges.filter((range) => matches(service, range.service)) : [byService.get(service)];
  for (const range of asked) {
    if (!range) continue;
    range.names.forEach((name, n) => {
      if (matches(action, name)) found.push(range.from + n);
    });
  }
  return Uint16Array.from(found);
}

function index(): Index {
  if (made) return made;
  const all: ActionFacts[] = [];
  const ranges = servicePrefixes.map((service): Range => {
    const from = all.length;
    const actions = actionsOf(service);
    all.push(...actions);
    return { service, from, names: actions.map(({ name }) => name.slice(service.length + 1).toLowerCase()) };
  });
  const byName = new Map(all.map(({ name }, number) => [name.toLowerCase(), number]));
  made = { all, ranges, byService: new Map(ranges.map((range) => [range.service, range])), byName };
  return made;
}
