import { expect, test } from "vitest";
import { matches } from "../../shared/policies/match.ts";
import { documentOf, grantOf } from "./a-principal.ts";

/** Repeatable numbers from 0 to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

interface Drawn {
  readonly Effect: string;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
}

const queues = ["a", "b", "ab", "ba", "aab", "c"].map((name) => `arn:aws:sqs:eu-west-1:111122223333:${name}`);
const patterns = ["*", "a*", "*b", "?b", "a", "ab", "b*", "*a*", "c"].map((name) => (name === "*" ? "*" : `arn:aws:sqs:*:*:${name}`));
const actions = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"];
const actionPatterns = ["*", "sqs:*", "SQS:send*", "sqs:*Message", "sqs:ReceiveMessage", "sqs:?eleteMessage", "s3:*"];

function drawnStatements(next: () => number): Drawn[] {
  const some = <T>(list: readonly T[]) =>
    Array.from({ length: 1 + Math.floor(next() * 2) }, () => list[Math.floor(next() * list.length)] as T);
  return Array.from({ length: 1 + Math.floor(next() * 4) }, () => ({
    Effect: next() < 0.65 ? "Allow" : "Deny",
    ...(next() < 0.85 ? { Action: some(actionPatterns) } : { NotAction: some(actionPatterns) }),
    ...(next() < 0.85 ? { Resource: some(patterns) } : { NotResource: some(patterns) }),
  }));
}

/** AWS's order, written again: a denial that fits, else a permission that does. */
function isAllowed(statements: readonly Drawn[], action: string, arn: string): boolean {
  const about = ({ Action, NotAction, Resource, NotResource }: Drawn) => {
    const named = (Action ?? NotAction ?? []).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
    const placed = (Resource ?? NotResource ?? []).some((pattern) => matches(pattern, arn));
    return named === (Action !== undefined) && placed === (Resource !== undefined);
  };
  const fitting = statements.filter(about);
  return fitting.some(({ Effect }) => Effect === "Allow") && !fitting.some(({ Effect }) => Effect === "Deny");
}

test("a grant never says none of what is allowed, nor all of what is not, whatever the policies and the boundary", () => {
  const next = drawing(23);
  const answers = new Map<string, number>();
  for (let n = 0; n < 150; n += 1) {
    const own = drawnStatements(next);
    const edge = next() < 0.4 ? drawnStatements(next) : undefined;
    const grant = grantOf(own, edge ? { boundary: { arn: "arn:aws:iam::111122223333:policy/edge", document: documentOf(...edge) } } : {});
    for (const action of actions) {
      const reallyAllowed = (arn: string) => isAllowed(own, action, arn) && (!edge || isAllowed(edge, action, arn));
      const anywhere = queues.some(reallyAllowed);
      if (anywhere) expect(grant.actions, JSON.stringify({ own, edge, action })).toContain(action);
      for (const pattern of [...patterns, ...queues]) {
        const answer = grant.allows(action, pattern);
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
        for (const arn of queues.filter((one) => matches(pattern, one))) {
          const said = JSON.stringify({ own, edge, action, pattern, arn, answer });
          if (answer === "none") expect(reallyAllowed(arn), said).toBe(false);
          if (answer === "all") expect(reallyAllowed(arn), said).toBe(true);
          if (pattern === arn) expect(answer, said).toBe(reallyAllowed(arn) ? "all" : "none");
          expect(grant.ask(action, arn, { chooses: true }), said).toBe(reallyAllowed(arn));
        }
      }
    }
  }
  // each answer was given often enough for this to mean something
  for (const answer of ["all", "some", "none"]) expect(answers.get(answer) ?? 0).toBeGreaterThan(200);
});
