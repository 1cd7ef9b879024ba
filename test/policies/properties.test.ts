import { expect, test } from "vitest";
import { matches, matchesArn } from "../../shared/policies/match.ts";
import { policyReader } from "../../shared/policies/policy.ts";

const context = { account: "111122223333", now: new Date("2026-11-24T00:00:00Z") };
const queue = "arn:aws:sqs:eu-west-1:111122223333:orders";

/** A generator with a seed, so that a failure can be played again (Lehmer, 1951). */
function choosing(seed: number) {
  let state = seed;
  return <T>(list: readonly T[]): T => {
    state = (state * 48_271) % 2_147_483_647;
    return list[state % list.length] as T;
  };
}

const conditions: readonly Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>[] = [
  { StringEquals: { "aws:PrincipalOrgID": "o-abc123" } },
  { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-abc123" } },
  { StringNotEquals: { "aws:PrincipalAccount": ["111122223333", "444455556666"] } },
  { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-abc123/*" } },
  { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-abc123/*" } },
  { Null: { "aws:PrincipalAccount": "true" } },
  { Bool: { "aws:PrincipalIsAWSService": "false" } },
  { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
  { Bool: { "aws:ViaAWSService": "false" } },
  { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "203.0.113.0/24"] } },
  { NotIpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" } },
  { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
  { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:news" } },
  { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/job" } },
  { StringLike: { "aws:Referer": "https://example.com/*" } },
  { StringNotLike: { "aws:UserAgent": "*bot*" } },
  { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } },
  { StringEquals: { "aws:BrandNew": "x" } },
];
const principals = ["*", { AWS: "444455556666" }, { AWS: "arn:aws:iam::444455556666:role/job" }, { Service: "sns.amazonaws.com" }];

type Choose = ReturnType<typeof choosing>;

function statementOf(choose: Choose, Effect: string): Record<string, unknown> {
  return {
    Effect,
    Principal: choose(principals),
    Action: "sqs:*",
    Resource: "*",
    Condition: choose([{}, choose(conditions), choose(conditions)]),
  };
}

/** How open an answer is, each kind of caller for itself: nobody, perhaps, network, signed, anybody. */
function opened(statements: readonly object[]) {
  const { grants, untold } = policyReader(
    { Version: "2012-10-17", Statement: statements },
    context,
  )({ action: "sqs:SendMessage", resource: queue });
  const has = (who: string) => grants.some((grant) => `${grant.who} ${grant.auth}` === who);
  const anybody = has("internet none");
  const anyAccount = anybody || has("internet cross-account");
  const sns = grants.find(({ who }) => who === "service:sns.amazonaws.com");
  return {
    maybe: untold.length > 0,
    anybody,
    anyAccount,
    network: anybody || has("internet network"),
    member: anyAccount || has("organization:o-abc123 cross-account"),
    partner: anyAccount || has("account:444455556666 cross-account"),
    deputy: anybody || sns?.anybodys === true,
  };
}

const kinds = ["anybody", "anyAccount", "deputy"] as const;
const seeds = Array.from({ length: 400 }, (_, n) => 7 + n * 131);

test("a further Deny never lets anybody in who was not", () => {
  for (const seed of seeds) {
    const choose = choosing(seed);
    const allow = statementOf(choose, "Allow");
    const denial = statementOf(choose, "Deny");
    const [before, after] = [opened([allow]), opened([allow, denial])];
    for (const kind of kinds) expect(after[kind] && !before[kind], `${kind}: ${JSON.stringify([allow, denial])}`).toBe(false);
  }
});

test("a further condition of an Allow never opens, one of a Deny never closes", () => {
  for (const seed of seeds) {
    const choose = choosing(seed);
    const [allow, denial] = [statementOf(choose, "Allow"), statementOf(choose, "Deny")];
    const more = choose(conditions.filter((one) => Object.keys(one).every((operator) => !(operator in (allow.Condition as object)))));
    const narrower = { ...allow, Condition: { ...(allow.Condition as object), ...more } };
    const [wide, narrow] = [opened([allow]), opened([narrower])];
    for (const kind of kinds) expect(narrow[kind] && !wide[kind], `${kind}: ${JSON.stringify([allow, narrower])}`).toBe(false);
    const rest = choose(conditions.filter((one) => Object.keys(one).every((operator) => !(operator in (denial.Condition as object)))));
    const weaker = { ...denial, Condition: { ...(denial.Condition as object), ...rest } };
    const [closed, left] = [opened([allow, denial]), opened([allow, weaker])];
    for (const kind of kinds) {
      // what cannot be told is no closing
      expect(closed[kind] && !left[kind] && !left.maybe, `${kind}: ${JSON.stringify([allow, denial, weaker])}`).toBe(false);
    }
  }
});

test("a second Allow never closes", () => {
  for (const seed of seeds) {
    const choose = choosing(seed);
    const [one, two] = [statementOf(choose, "Allow"), statementOf(choose, "Allow")];
    const [alone, both] = [opened([one]), opened([one, two])];
    for (const kind of [...kinds, "network", "member", "partner"] as const) {
      expect(alone[kind] && !both[kind], `${kind}: ${JSON.stringify([one, two])}`).toBe(false);
    }
  }
});

test("patterns fit as the regular expressions would that say the same", () => {
  const choose = choosing(11);
  const text = (signs: readonly string[]) => Array.from({ length: choose([0, 1, 3, 6, 9]) }, () => choose(signs)).join("");
  for (let n = 0; n < 5_000; n += 1) {
    const [pattern, given] = [text(["a", "b", "*", "?", "."]), text(["a", "b", ".", "\n"])];
    const expression = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
    expect(matches(pattern, given), `${pattern} ${given}`).toBe(expression.test(given));
  }
});

test("no star of the first five parts of an ARN reaches over a colon", () => {
  expect(matchesArn("arn:aws:sns:*:orders:x", "arn:aws:sns:eu-west-1:111122223333:orders:x")).toBe(false);
  expect(matchesArn("arn:aws:lambda:*:*:function:a*", "arn:aws:lambda:eu-west-1:111122223333:function:a:live")).toBe(true);
  expect(matchesArn("arn:aws:sns:*", "arn:aws:sns:eu-west-1:111122223333:orders")).toBe(true);
});

test("a hostile pattern and a policy of many addresses and accounts are answered in time", () => {
  const started = performance.now();
  expect(matches(`${"*a".repeat(60)}*b`, "a".repeat(5_000))).toBe(false);
  const ranges = Array.from({ length: 500 }, (_, n) => `198.${Math.floor(n / 250)}.${n % 250}.0/25`);
  const accounts = Array.from({ length: 200 }, (_, n) => String(200_000_000_000 + n));
  const many = (Condition: object) => opened([{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*", Condition }]);
  expect(many({ IpAddress: { "aws:SourceIp": ranges } })).toMatchObject({ network: true, anybody: false });
  expect(many({ StringEquals: { "aws:PrincipalAccount": accounts } })).toMatchObject({ anyAccount: false, maybe: false });
  // generous: a busy machine takes a few times as long as it should
  expect(performance.now() - started).toBeLessThan(5_000);
});
