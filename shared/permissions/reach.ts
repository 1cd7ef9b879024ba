/** Whether a principal may make the calls of a path: all of them on resources that fit together. Pure. */
import { type ActionFacts, actionOf } from "../data/action-table.ts";
import type { EscalationPath } from "../data/escalation-paths.ts";
import { all, any, type ContextValue, type Verdict } from "../policies/operators.ts";
import { commonArn } from "./arn-patterns.ts";
import type { Grant } from "./grant.ts";

type Facts = Readonly<Record<string, ContextValue>>;

/** So many combinations of patterns are tried for resources that several calls have in common. */
const combinationsAtMost = 400;

/** Whether `grant` may make one call, by whoever would choose what may be chosen. */
export function may(grant: Grant, action: string, resource: string, facts: Facts = {}): Verdict {
  return grant.ask(action, resource, { chooses: true, facts });
}

/** Whether there are resources on which `grant` may make all of `actions`, each call on the same resource as the others of its type. */
export function mayMake(grant: Grant, actions: readonly string[], { on }: Pick<EscalationPath, "on">): Verdict {
  const facts = actions.map((name) => actionOf(name) ?? { name, resources: [] });
  const bare = facts.filter(({ resources }) => resources.length === 0).map(({ name }) => may(grant, name, "*"));
  const verdicts = [
    ...bare,
    ...groupsOf(facts, on).map(({ names, patterns }) => any(patterns.map((pattern) => together(grant, names, pattern)))),
  ];
  return all(verdicts);
}

interface Group {
  readonly names: readonly string[];
  /** One of these has to do. */
  readonly patterns: readonly string[];
}

/** Calls by the type of resource that they ask about; a call that asks about several is in several groups. */
function groupsOf(facts: readonly Pick<ActionFacts, "name" | "resources">[], on: readonly string[] = []): Group[] {
  const groups = new Map<string, { names: string[]; patterns: string[] }>();
  for (const { name, resources } of facts) {
    const required = resources.filter((type) => type.required);
    const chosen = required.length > 0 ? required : resources;
    // where one type is a kind of the other (code-interpreter-custom), either will do
    const kinds = Map.groupBy(chosen, (type) =>
      required.length === 0 ? "any" : (chosen.find((other) => type.name.startsWith(other.name)) ?? type).name,
    );
    const asked = resources.filter((type) => on.includes(type.name));
    if (asked.length > 0) kinds.set("on", asked);
    for (const [kind, types] of kinds) {
      const key = `${name.split(":")[0]} ${kind}`;
      const group = groups.get(key) ?? { names: [], patterns: [] };
      groups.set(key, group);
      group.names.push(name);
      group.patterns.push(...types.map(({ arnPattern }) => arnPattern));
    }
  }
  return [...groups.values()];
}

/** Whether one resource of `pattern` lets all calls through: examples are made of what the statements name, and asked. */
export function together(grant: Grant, actions: readonly string[], pattern: string): Verdict {
  const lists = actions.flatMap((name) => grant.patternsOf(name));
  if (lists.some((patterns) => patterns.length === 0)) return false;
  let best: Verdict = false;
  for (const chosen of combinations(lists)) {
    const example = commonArn([pattern, ...chosen]);
    if (example === undefined) continue;
    const verdict = all(actions.map((name) => may(grant, name, example)));
    if (verdict === true) return true;
    if (verdict === "unknown") best = verdict;
  }
  return best;
}

function* combinations(lists: readonly (readonly string[])[]): Generator<readonly string[]> {
  const total = Math.min(
    combinationsAtMost,
    lists.reduce((product, list) => product * list.length, 1),
  );
  for (let n = 0; n < total; n += 1) {
    let rest = n;
    yield lists.map((list) => {
      const one = list[rest % list.length] ?? "*";
      rest = Math.floor(rest / list.length);
      return one;
    });
  }
}
