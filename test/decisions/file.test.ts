import { describe, expect, test } from "vitest";
import { planImport } from "../../shared/decisions/plan-import.ts";
import { readDecisionFile } from "../../shared/decisions/read-file.ts";
import { writeDecisionFile } from "../../shared/decisions/write-file.ts";
import type { AckRecord } from "../../shared/model/acknowledgement.ts";
import type { StoredFinding } from "../../shared/model/finding.ts";
import { aDecision, aFinding, arn, day } from "./a-decision.ts";

const account = "111122223333";
const nearest = (_: string, known: readonly string[]) => known[0] ?? "";
const read = (text: string) => readDecisionFile(text, account, nearest);
const stored: StoredFinding = {
  ...aFinding(),
  status: "NEW",
  firstSeenAt: day(1).toISOString(),
  changedAt: day(1).toISOString(),
  version: 1,
};
const plan = (text: string, records: readonly AckRecord[] = [], finding: StoredFinding | undefined = stored, now = day(3)) =>
  planImport(read(text).decisions, { records, findingOf: (id) => (id === finding?.id ? finding : undefined), by: "importer", now });

const records: AckRecord[] = [
  aDecision(),
  aDecision(
    { kind: "rule+resource", rule: "s3/x", arn },
    { id: "A-0000000002", ticket: "SEC-1", comment: "yes: no # \"quoted\" 'too' and ☃" },
  ),
  aDecision({ kind: "rule+owner", rule: "s3/x", team: "" }, { id: "A-0000000003", alsoUntil: "evidence-changed" }),
  aDecision({ kind: "rule+tag", rule: "s3/x", key: "stage", value: "no" }, { id: "A-0000000004", until: "2026-12-02T10:11:12.000Z" }),
];

describe("the file", () => {
  test("says everything that was decided, and read again changes nothing", () => {
    const text = writeDecisionFile(account, records);
    expect(read(text).mistakes).toEqual([]);
    expect(plan(text, records)).toMatchObject({ decide: [], missing: [], same: 4, idle: [], mistakes: [] });
  });

  test("is the same whatever the order of the decisions", () => {
    expect(writeDecisionFile(account, records.toReversed())).toBe(writeDecisionFile(account, records));
  });

  test("into an empty table makes the same decisions again, by who reads it in, and keeps who the file names", () => {
    const { decide } = plan(writeDecisionFile(account, records));
    expect(decide.map(({ ack }) => ack.scope)).toHaveLength(4);
    expect(decide[0]?.ack).toMatchObject({ by: "importer", written: { by: "arn:aws:iam::111122223333:user/ada" }, severity: "HIGH" });
  });

  test("changed in one word takes the place of that decision alone; what is left out is told, not taken back", () => {
    const text = writeDecisionFile(account, records.slice(0, 2)).replace("a shop window", "still a shop window");
    const { decide, missing, same } = plan(text, records);
    expect(decide).toMatchObject([{ ack: { comment: "still a shop window" }, instead: { id: "A-0000000001" } }]);
    expect(missing.map(({ id }) => id)).toEqual(["A-0000000003", "A-0000000004"]);
    expect(same).toBe(1);
  });

  test("says which of its lines say nothing any more", () => {
    const text = writeDecisionFile(account, records.slice(0, 1));
    expect(plan(text, [], { ...stored, status: "RESOLVED" }).idle).toEqual([{ line: 5, what: expect.stringContaining("is resolved") }]);
    expect(plan(text, [], { ...stored, severity: "CRITICAL" }).idle).toEqual([
      { line: 5, what: expect.stringContaining("graver than the HIGH") },
    ]);
    expect(plan(text, [], stored, day(40)).idle).toEqual([{ line: 5, what: expect.stringContaining("its time was up 2026-12-02") }]);
  });
});

const head = `version: 1\naccount: "${account}"\ndecisions:\n`;
const entry = (more: string) =>
  `${head}  - finding: F-0000000001\n    reason: accepted-risk\n    comment: x\n    until: 2026-12-01\n${more}`;

describe("a mistake is named with its line and what is right", () => {
  test.each<[string, string, number, RegExp]>([
    ["no YAML", "version: 1\n  decisions: [", 2, /./],
    ["another form", "- a\n", 1, /expected a map with version, account and decisions/],
    ["another version", `version: 2\naccount: "${account}"\ndecisions: []`, 1, /version: must be 1/],
    ["another account", 'version: 1\naccount: "444455556666"\ndecisions: []', 2, /account: must be "111122223333"/],
    ["a key that there is not", entry("    reasons: x\n"), 8, /reasons: there is no such key; did you mean finding/],
    [
      "a reason of one's own",
      entry("").replace("accepted-risk", "wontfix"),
      5,
      /reason: is one of accepted-risk, .*did you mean accepted-risk/,
    ],
    ["no comment", entry("").replace("    comment: x\n", ""), 4, /comment: is missing/],
    ["a day that there is not", entry("").replace("2026-12-01", "2026-02-30"), 7, /until: must be a day/],
    ["for ever", entry("").replace("2026-12-01", "never"), 7, /until: must be a day/],
    ["a pattern", entry("").replace("F-0000000001", '"F-*"'), 4, /must be the id of a finding/],
    ["two scopes", entry("    rule: s3/x\n    owner: a\n    resource: b\n"), 4, /a rule goes with one of/],
    ["a rule alone", entry("    rule: s3/x\n"), 4, /must be the id of a finding|a rule goes with one of/],
    ["an owner without a name", entry("    rule: s3/x\n    severity: LOW\n    owner:\n"), 4, /owner: is missing|owner: must be a text/],
    ["no severity of a wide one", entry("    rule: s3/x\n    owner: a\n"), 4, /severity: is missing/],
    ["a tag in one word", entry("    rule: s3/x\n    severity: LOW\n    tag: a=b\n"), 10, /tag: must be \{ key: stage, value: test \}/],
    ["twice the same", `${entry("")}${entry("").slice(head.length)}`, 8, /the same as line 4/],
    [
      "an alias",
      `${head}  - &a\n    finding: F-0000000001\n    reason: accepted-risk\n    comment: x\n    until: 2026-12-01\n  - *a\n`,
      9,
      /a decision is a map/,
    ],
  ])("%s", (_, text, line, what) => {
    const { mistakes } = read(text);
    expect(mistakes.map((one) => one.line)).toContain(line);
    expect(mistakes.map((one) => one.what).join("\n")).toMatch(what);
  });

  test("too long an end, and a finding that there is not", () => {
    expect(plan(entry("").replace("2026-12-01", "2028-01-01")).mistakes).toEqual([
      { line: 4, what: expect.stringMatching(/365 days at most: until 2027-11-03/) },
    ]);
    expect(plan(entry("").replace("F-0000000001", "F-0000000009")).mistakes).toEqual([
      { line: 4, what: "finding: there is none F-0000000009 in this account" },
    ]);
  });

  test("all of them at once", () => {
    expect(read(entry("    until2: x\n").replace("accepted-risk", "x").replace("comment: x", "comment: {}")).mistakes).toHaveLength(3);
  });
});
