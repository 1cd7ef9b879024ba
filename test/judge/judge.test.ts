import { describe, expect, test } from "vitest";
import { assess } from "../../shared/assess.ts";
import type { CoverageStatus } from "../../shared/model/coverage.ts";
import type { Resource } from "../../shared/model/graph.ts";
import { anySub, type Judgements, type Need, resourceRule } from "../../shared/model/rule.ts";
import type { RegionSnapshot, Snapshot } from "../../shared/model/snapshot.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { coverageIncomplete } from "../../shared/rules/scan/coverage-incomplete.ts";
import { readSettings } from "../../shared/settings.ts";
import { account } from "../stub-account.ts";

const queue: Resource = { arn: `arn:aws:sqs:eu-west-1:${account}:orders`, type: "AWS::SQS::Queue", name: "orders", region: "eu-west-1" };
/** A rule about queues that answers as told. */
function aRule(
  judge: () => Judgements,
  needs: readonly Need[] = [],
  word = () => ({ title: "x", remediation: { text: "", commands: [] } }),
) {
  return resourceRule({
    id: "sqs/test",
    subject: "resource",
    summary: "",
    why: "",
    needs,
    gone: ["sqs:listed"],
    types: ["AWS::SQS::Queue"],
    usageBased: false,
    severities: [],
    settings: {},
    references: [],
    judge,
    word,
  });
}

const hit = (sub?: string) =>
  ({ answer: "hit", severity: "LOW", confidence: "high", materialKey: "k", evidence: {}, ...(sub ? { sub } : {}) }) as const;

/** A whole look at one Region with one queue, but for what `statuses` says; `listed` names what was listed all the same. */
function aSnapshot(statuses: Readonly<Record<string, CoverageStatus>> = {}, listed: readonly string[] = [], items = [queue]): Snapshot {
  const part = (collector: string, rows: readonly unknown[] = []) => ({
    items: rows,
    coverage: {
      collector,
      region: "eu-west-1",
      status: statuses[collector] ?? "complete",
      ...(listed.includes(collector) ? { listed: true as const } : {}),
    },
  });
  const parts = ["functions", "eventSourceMappings", "durationAlarms", "queues", "tags", "usage", "candidates"];
  const rows = items.map((resource) => ({ resource, relations: [] }));
  const region = {
    region: "eu-west-1",
    services: { sqs: part("sqs", rows), sns: part("sns") },
    ...Object.fromEntries(parts.map((name) => [name, part(name)])),
  } as unknown as RegionSnapshot;
  return { account, partition: "aws", regionSource: "account", at: "2026-11-24T03:00:00Z", accountCoverage: [], regions: [region] };
}

function judged(rule: ReturnType<typeof aRule>, snapshot = aSnapshot()) {
  const { findings, coverage, look, looks } = assess(snapshot, [rule, coverageIncomplete], readSettings({}, catalogue));
  const seen = (sub?: string, resource = queue) =>
    look({ rule: rule.id, resource: { ...resource, account }, ...(sub === undefined ? {} : { sub }) });
  return { findings, coverage, seen, looks };
}

describe("one answer of a rule", () => {
  test("several hits about one resource are findings of their own, and what is not among them is clear", () => {
    const { findings, seen } = judged(aRule(() => [hit("lodash"), hit("minimist")]));
    expect(findings.map(({ sub }) => sub)).toEqual(["lodash", "minimist"]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
    expect([seen("lodash"), seen("axios")]).toEqual(["clear", "clear"]);
  });

  test("unknown about the resource is unknown for all its subs, unknown about one sub for that one only", () => {
    expect(judged(aRule(() => ({ answer: "unknown", why: "unread" }))).seen("lodash")).toBe("unknown");
    const { findings, seen } = judged(aRule(() => [hit("lodash"), { answer: "unknown", why: "unread", sub: "axios" }]));
    expect(findings).toHaveLength(1);
    expect([seen("axios"), seen("minimist")]).toEqual(["unknown", "clear"]);
  });

  test("unknown about every sub spares those that could be told all the same, of whichever answer", () => {
    const untold = { answer: "unknown", why: "unread", sub: anySub } as const;
    const { seen } = judged(aRule(() => [{ ...untold, except: ["lodash"] }]));
    expect([seen("lodash"), seen("axios")]).toEqual(["clear", "unknown"]);
    const both = judged(
      aRule(() => [
        { ...untold, except: ["lodash"] },
        { answer: "unknown", why: "unread", sub: "lodash" },
      ]),
    );
    expect(both.seen("lodash")).toBe("unknown");
  });

  test("without advisories a rule that needs them has not looked, and its first look is still to come", () => {
    const rule = aRule(() => [], ["advisories"]);
    const feed = { ecosystem: "npm", source: "mirror" } as const;
    for (const snapshot of [aSnapshot(), { ...aSnapshot(), advisories: [] }, { ...aSnapshot(), advisories: [feed] }]) {
      const { looks, seen } = judged(rule, snapshot);
      expect([looks.filter(({ key }) => key.endsWith("sqs/test")), seen()]).toEqual([[], "unknown"]);
    }
    const { looks, seen } = judged(rule, { ...aSnapshot(), advisories: [{ ...feed, fetchedAt: "2026-11-24T00:00:00Z" }] });
    expect([looks.filter(({ key }) => key.endsWith("sqs/test")).length > 0, seen()]).toEqual([true, "clear"]);
  });

  test("unknown about every sub leaves the finding without one told", () => {
    const { seen } = judged(aRule(() => [{ answer: "unknown", why: "unread", sub: anySub }]));
    expect([seen("lodash"), seen()]).toEqual(["unknown", "clear"]);
  });

  test("no hits at all are clear", () => {
    expect(judged(aRule(() => [])).seen("lodash")).toBe("clear");
  });
});

describe("what a rule needs", () => {
  const rule = (need: Need) => aRule(() => hit(), [need]);

  test.each(["denied", "throttled", "failed", "partial"] as const)(
    "a need that is %s makes the answer unknown, and opens nothing",
    (status) => {
      const { findings, seen } = judged(rule("sns"), aSnapshot({ sns: status }));
      expect(findings.filter(({ rule: id }) => id === "sqs/test")).toEqual([]);
      expect(seen()).toBe("unknown");
    },
  );

  test("a service that the Region does not have hides nothing", () => {
    expect(judged(rule("sns"), aSnapshot({ sns: "unsupported" })).findings).toHaveLength(1);
  });

  test("where only what there is matters, single unread resources do not", () => {
    expect(judged(rule("sns:listed"), aSnapshot({ sns: "partial" }, ["sns"])).findings.map(({ rule: id }) => id)).toContain("sqs/test");
    expect(judged(rule("sns"), aSnapshot({ sns: "partial" }, ["sns"])).seen()).toBe("unknown");
    expect(judged(rule("sns:listed"), aSnapshot({ sns: "denied" })).seen()).toBe("unknown");
  });

  test("what is read of the resource itself is for the rule to weigh", () => {
    expect(judged(rule("sns:own"), aSnapshot({ sns: "partial" })).findings.map(({ rule: id }) => id)).toContain("sqs/test");
  });

  test("what this scan was not to read at all is missing, too", () => {
    expect(judged(rule("cognito")).seen()).toBe("unknown");
  });
});

describe("a resource that is not there any more", () => {
  const seen = (...snapshot: Parameters<typeof aSnapshot>) =>
    judged(
      aRule(() => hit()),
      aSnapshot(...snapshot),
    ).seen();

  test("is gone when what would show it was listed to the end", () => {
    expect(seen({}, [], [])).toBe("clear");
    expect(seen({ sqs: "partial" }, ["sqs"], [])).toBe("clear");
  });

  test("may be there when the list was refused or cut", () => {
    expect(seen({ sqs: "denied" }, [], [])).toBe("unknown");
    expect(seen({ sqs: "partial" }, [], [])).toBe("unknown");
  });

  test("lies outside where its Region was not looked at", () => {
    const elsewhere = { ...queue, arn: queue.arn.replace("eu-west-1", "us-east-1"), region: "us-east-1" };
    expect(judged(aRule(() => hit())).seen(undefined, elsewhere)).toBe("outside");
  });
});

describe("a rule that throws", () => {
  const broken = (error: unknown) =>
    aRule(() => {
      throw error;
    });

  test("costs one unknown and one row of coverage, which is a finding, and no other rule", () => {
    const two = [queue, { ...queue, arn: `${queue.arn}-2`, name: "orders-2" }];
    const { findings, coverage, seen } = judged(broken(new TypeError("x is undefined")), aSnapshot({}, [], two));
    expect(seen()).toBe("unknown");
    const rows = coverage.filter(({ status }) => status !== "complete");
    expect(rows).toEqual([
      {
        collector: "rule sqs/test",
        region: "eu-west-1",
        status: "failed",
        code: "NotUnderstood",
        message: "orders: TypeError: x is undefined",
      },
    ]);
    expect(findings.map(({ rule: id }) => id)).toEqual(["scan/coverage-incomplete"]);
  });

  test("in its words is the same: what it found before stays open", () => {
    const speechless = aRule(
      () => hit(),
      [],
      () => {
        throw new RangeError("Invalid time value");
      },
    );
    const { findings, seen } = judged(speechless);
    expect(findings.map(({ rule: id }) => id)).toEqual(["scan/coverage-incomplete"]);
    expect(seen()).toBe("unknown");
  });
});
