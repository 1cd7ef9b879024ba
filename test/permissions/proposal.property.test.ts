/**
 * Draws roles and needs, and asks the proposal and today's role the same questions, one ARN at a time, of an evaluator that shares nothing
 * with the program.
 */
import { describe, expect, test } from "vitest";
import type { Need } from "../../shared/model/permissions.ts";
import type { Principal } from "../../shared/model/principal.ts";
import { proposalOf } from "../../shared/permissions/proposal.ts";
import { account, aRole, documentOf, now } from "./a-principal.ts";

/** Every request there is: actions with the ARNs that they may be about. */
const objects = ["in/a.json", "in/b/c.json", "out/a.json", "logs-eu/x", "logs-us/x"].map((path) => `arn:aws:s3:::${path}`);
const buckets = ["in", "out", "logs-eu", "logs-us"].map((name) => `arn:aws:s3:::${name}`);
const tables = ["orders", "orders-archive", "stock"].map((name) => `arn:aws:dynamodb:eu-west-1:${account}:table/${name}`);
const indexes = [`${tables[0]}/index/byDate`];
const queues = ["jobs", "jobs-dead"].map((name) => `arn:aws:sqs:eu-west-1:${account}:${name}`);
const keys = ["1", "2"].map((id) => `arn:aws:kms:eu-west-1:${account}:key/${id}`);
const universe: Readonly<Record<string, readonly string[]>> = {
  "s3:GetObject": objects,
  "s3:PutObject": objects,
  "s3:ListBucket": buckets,
  "s3:ListAllMyBuckets": ["*"],
  "dynamodb:GetItem": tables,
  "dynamodb:Query": [...tables, ...indexes],
  "dynamodb:ListTables": ["*"],
  "sqs:SendMessage": queues,
  "sqs:ReceiveMessage": queues,
  "kms:Decrypt": keys,
};
/** Only keys are asked for through another service. */
const direct = [{ "aws:sourcevpc": "vpc-1" }, { "aws:sourcevpc": "vpc-2" }, {}];
const through = ["s3", "sqs"].map((service) => ({ "kms:viaservice": `${service}.eu-west-1.amazonaws.com`, "aws:sourcevpc": "vpc-1" }));
const requests = Object.entries(universe).flatMap(([action, arns]) =>
  arns.flatMap((arn) =>
    [...direct, ...(action.startsWith("kms:") ? through : [])].map((context) => ({
      action,
      arn,
      context: context as Readonly<Record<string, string>>,
    })),
  ),
);
type Request = (typeof requests)[number];

/** A pattern as a regular expression; of an ARN part by part. */
const glob = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  );
function fits(pattern: string, arn: string): boolean {
  if (pattern === "*") return true;
  if (arn === "*") return false;
  const [asked, given] = [pattern, arn].map((text) => text.split(":")) as [string[], string[]];
  const part = (pieces: string[], n: number) => (n < 5 ? (pieces[n] ?? "") : pieces.slice(5).join(":"));
  return [0, 1, 2, 3, 4, 5].every((n) => glob(part(asked, n)).test(part(given, n)));
}

interface Written {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

function applies(statement: Written, { action, arn, context }: Request): boolean {
  const named = (patterns: readonly string[]) => patterns.some((pattern) => glob(pattern.toLowerCase()).test(action.toLowerCase()));
  if (statement.Action ? !named(list(statement.Action)) : named(list(statement.NotAction))) return false;
  if (
    statement.Resource ? !list(statement.Resource).some((one) => fits(one, arn)) : list(statement.NotResource).some((one) => fits(one, arn))
  )
    return false;
  return Object.entries(statement.Condition ?? {}).every(([operator, asked]) =>
    Object.entries(asked).every(([key, values]) => {
      const given = context[key.toLowerCase()];
      const wanted = list(values as string | readonly string[]);
      if (operator === "StringEquals") return given !== undefined && wanted.includes(given);
      if (operator === "StringLike") return given !== undefined && wanted.some((one) => glob(one).test(given));
      if (operator === "StringNotEquals") return given === undefined || !wanted.includes(given);
      throw new Error(`the evaluator does not know ${operator}`);
    }),
  );
}

function allowed(documents: readonly { readonly Statement: readonly Written[] }[], request: Request): boolean {
  const speaking = documents.flatMap(({ Statement }) => Statement).filter((statement) => applies(statement, request));
  return speaking.length > 0 && speaking.every(({ Effect }) => Effect === "Allow");
}

/** Numbers that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const actionPatterns = [
  "*",
  "s3:*",
  "s3:Get*",
  "s3:*Object",
  "s3:List*",
  "dynamodb:*",
  "dynamodb:?etItem",
  "sqs:*Message",
  "kms:*",
  "kms:Decrypt",
  ...Object.keys(universe),
];
const resourcePatterns = [
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::in",
  "arn:aws:s3:::in/*",
  "arn:aws:s3:::*/a.json",
  "arn:aws:s3:::logs-*",
  "arn:aws:s3:::logs-??/*",
  "arn:aws:s3:::*s*/*",
  "arn:aws:dynamodb:*:*:table/*",
  "arn:aws:dynamodb:eu-west-1:*:table/orders*",
  `arn:aws:dynamodb:eu-*:${account}:table/*-archive`,
  "arn:aws:dynamodb:*:*:table/orders/index/*",
  "arn:aws:sqs:*:*:jobs*",
  "arn:aws:sqs:*:*:*dead",
  "arn:aws:kms:*:*:key/*",
  `arn:aws:kms:eu-west-1:${account}:key/1`,
];
const conditions: readonly NonNullable<Written["Condition"]>[] = [
  { StringEquals: { "aws:SourceVpc": "vpc-1" } },
  { StringNotEquals: { "aws:SourceVpc": ["vpc-1"] } },
  { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
];

function draw(random: () => number) {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  const several = <T>(some: readonly T[], most: number): T[] => Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(some));
  const written = (Effect: string): Written => ({
    Effect,
    ...(random() < 0.9 ? { Action: several(actionPatterns, 3) } : { NotAction: several(actionPatterns.slice(1), 2) }),
    ...(random() < 0.9 ? { Resource: several(resourcePatterns, 3) } : { NotResource: several(resourcePatterns.slice(1), 2) }),
    ...(random() < 0.25 ? { Condition: pick(conditions) } : {}),
  });
  const statements = [...several(["Allow"], 4), ...(random() < 0.5 ? several(["Deny"], 2) : [])].map(written);
  const needs = several(Object.keys(universe), 5).map((action): Need => {
    const arns = universe[action] ?? [];
    const patterns = resourcePatterns.filter((pattern) => pattern !== "*" && arns.some((arn) => fits(pattern, arn)));
    const resources = arns[0] === "*" ? ["*"] : random() < 0.2 ? ["*"] : several([...patterns, ...arns], 3);
    return { action, resources, source: "code", confidence: "high", why: "drawn" };
  });
  const unresolved = random() < 0.3;
  return {
    statements,
    needs,
    open: unresolved ? pick([["*"], ["s3"], ["dynamodb", "kms"]]) : [],
    unresolved: unresolved ? ["a client of an unknown name"] : [],
  };
}

describe("a proposal", () => {
  test.each(Array.from({ length: 6 }, (_, n) => n))(
    "allows no more than today and all that is needed of it (seeds %i00 to %i99)",
    (fifty) => {
      for (let seed = fifty * 50; seed < fifty * 50 + 50; seed += 1) {
        const { statements, needs, open, unresolved } = draw(seeded(seed * 7919 + 1));
        const role: Principal = aRole("orders", statements);
        const proposal = proposalOf({ role, need: { needs, open, unresolved }, roleName: "new", place: { account, now } });
        const today = [JSON.parse(documentOf(...statements)) as { Statement: Written[] }];
        const context = `seed ${seed}\n${JSON.stringify(statements)}\n${JSON.stringify(needs.map(({ action, resources }) => [action, resources]))} open ${open}\n${JSON.stringify(proposal.policies)}`;
        for (const request of requests) {
          const [before, after] = [allowed(today, request), allowed(proposal.policies as never, request)];
          if (after && !before) expect.fail(`allows more: ${JSON.stringify(request)}\n${context}`);
          const wanted = needs.some(
            ({ action, resources }) => action === request.action && resources.some((one) => fits(one, request.arn)),
          );
          const undecided = open.includes("*") || open.includes(request.action.split(":")[0] ?? "");
          if ((wanted || undecided) && before && !after) expect.fail(`loses: ${JSON.stringify(request)}\n${context}`);
        }
        expect(proposal.proof, context).toEqual({ subsetOfToday: true, coversNeed: true });
      }
    },
  );

  test("is told by the evaluator when it allows more or loses something", () => {
    const [request] = requests as [Request];
    const wide = [{ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }];
    expect(allowed(wide, request)).toBe(true);
    expect(allowed([{ Statement: [...(wide[0]?.Statement ?? []), { Effect: "Deny", Action: "s3:Get*", Resource: "*" }] }], request)).toBe(
      false,
    );
    expect(allowed([{ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::out/*" }] }], request)).toBe(false);
  });
});
