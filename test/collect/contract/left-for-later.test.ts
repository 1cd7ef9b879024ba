import { describe, expect, test } from "vitest";
import type { CachedReads } from "../../../shared/collect/contract/cached-reads.ts";
import { collectPart, notingLeft } from "../../../shared/collect/contract/collector.ts";
import { OutOfTimeError } from "../../../shared/collect/contract/rotation.ts";
import { leftTexts, unseen } from "../../../shared/report/coverage-section.ts";
import { coverageIncomplete } from "../../../shared/rules/scan/coverage-incomplete.ts";
import { awsError } from "../../stub-account.ts";
import { aContext, now } from "../a-context.ts";

const left = (...failures: unknown[]) =>
  collectPart<string>("sns", "eu-west-1", async (sink) => {
    sink.push("a");
    for (const failure of failures) sink.miss(failure);
  });
const ruleContext = { now, settings: {} } as unknown as Parameters<typeof coverageIncomplete.judge>[1];

describe("what is left for the next scan", () => {
  test("has a word of its own: what there is is known, and nothing failed", async () => {
    expect((await left(new OutOfTimeError(7, "sns-attributes"))).coverage).toMatchObject({
      status: "left",
      code: "OutOfTime",
      listed: true,
      message: "7 reads (sns-attributes) were left for the next scan: this one used up its time",
    });
  });

  test("does not hide a refusal", async () => {
    const { coverage } = await left(new OutOfTimeError(7, "sns-attributes"), awsError("AccessDenied"));
    expect(coverage).toMatchObject({ status: "partial", code: "AccessDenied" });
  });

  test("is neither a finding nor the end of one, and is told apart from what could not be looked at", async () => {
    const { coverage } = await left(new OutOfTimeError(7, "sns-attributes"));
    expect(coverageIncomplete.judge(coverage, ruleContext)).toMatchObject({ answer: "unknown" });
    expect(unseen([coverage])).toEqual([]);
    expect(leftTexts([coverage, { ...coverage, collector: "sqs" }, { ...coverage, region: "eu-north-1" }])).toEqual([
      "eu-west-1: sns, sqs",
      "eu-north-1: sns",
    ]);
  });

  test("is a failure after 28 scans on end, and is counted anew after a complete one", async () => {
    let cached: CachedReads = {};
    const scan = async (...failures: unknown[]) => {
      const context = aContext({}, {}, cached);
      const { coverage } = notingLeft(context, await left(...failures));
      cached = context.rotation.kept;
      return coverage.status;
    };
    const late = new OutOfTimeError(1, "sns-attributes");
    for (let n = 1; n <= 28; n += 1) expect(await scan(late)).toBe("left");
    expect(await scan(late)).toBe("partial");
    expect(await scan()).toBe("complete");
    expect(await scan(late)).toBe("left");
  });
});
