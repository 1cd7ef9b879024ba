import { describe, expect, test } from "vitest";
import { collectUsage } from "../../../shared/collect/cloudwatch/usage.ts";
import { dayOf } from "../../../shared/model/day.ts";
import type { FunctionConfiguration } from "../../../shared/model/snapshot.ts";
import type { LedgerEntry } from "../../../shared/model/usage.ts";
import { unpackDays } from "../../../shared/usage/daily-ring.ts";
import { aSubject } from "../../rules/a-subject.ts";
import { denying, StubAccount, type StubFunction } from "../../stub-account.ts";
import { aContext } from "../a-context.ts";

const now = new Date("2026-11-24T09:30:00Z");
const today = dayOf(now);
const layer = (name: string) => `arn:aws:lambda:eu-west-1:444455556666:layer:${name}:3`;
type Use = NonNullable<StubFunction["use"]>;
const daily = (more: Partial<Use[number]>): Use =>
  Array.from({ length: 60 }, (_, i) => ({ day: today - 60 + i, samples: 5, maxMs: 900, ...more }));

async function collect(
  use: Use,
  more: Partial<FunctionConfiguration>,
  { before, fault, at = now }: { before?: LedgerEntry; fault?: StubAccount["fault"]; at?: Date } = {},
) {
  const stub = new StubAccount({ now: at, regions: ["eu-west-1"], functions: [{ name: "orders-api", use }] });
  if (fault) stub.fault = fault;
  const configuration = { ...aSubject().configuration, name: "orders-api", ...more };
  const entries = new Map(before ? [[configuration.arn, before]] : []);
  const readUntil = before ? { readUntil: new Date(at.getTime() - 86_400_000).toISOString() } : {};
  const { usage } = await collectUsage(aContext(stub, { now: at }), [configuration], { region: "eu-west-1", entries, ...readUntil });
  const [item] = usage.items;
  if (!item) throw new Error("no usage");
  return { ledger: item.ledger, coverage: usage.coverage };
}

describe("the time of extensions", () => {
  test.each([
    ["a layer that holds one", { layers: [layer("Datadog-Extension")] }],
    ["a layer of unknown content", { layers: [layer("AWSLambdaPowertoolsPythonV3-python312-arm64"), layer("platform-base")] }],
    ["an image", { packageType: "Image" }],
  ] as const)("is read of a function with %s, all its days at once", async (_, more) => {
    const use = daily({}).map((one, i) => ({ ...one, extensionMs: i === 7 ? 22_000 : 5 }));
    const { ledger } = await collect(use, more);
    expect(ledger.extensions).toEqual({ readFromDay: today - 60, longestMs: 22_000 });
  });

  test.each([
    ["no layer", {}],
    ["libraries only", { layers: [layer("AWSSDKPandas-Python312")] }],
  ])("is not asked of a function with %s", async (_, more) => {
    expect((await collect(daily({ extensionMs: 22_000 }), more)).ledger).not.toHaveProperty("extensions");
  });

  test("grows by what is new, and stays with what is old", async () => {
    const more = { layers: [layer("NewRelicPython312")] };
    const before = (await collect(daily({ extensionMs: 4000 }), more)).ledger;
    const tomorrow = new Date(now.getTime() + 86_400_000);
    const use = [...daily({ extensionMs: 1 }), { day: today, samples: 5, maxMs: 900, extensionMs: 100 }];
    expect((await collect(use, more, { before, at: tomorrow })).ledger.extensions).toEqual({ readFromDay: today - 60, longestMs: 4000 });
  });

  test("that could not be read leaves the rest of the usage, is said, and is asked for anew with all its days", async () => {
    const more = { layers: [layer("NewRelicPython312")] };
    const refused = denying(/GetMetricData/);
    const fault: StubAccount["fault"] = (call) => (JSON.stringify(call.input).includes("PostRuntime") ? refused(call) : undefined);
    const { ledger, coverage } = await collect(daily({ extensionMs: 22_000 }), more, { fault });
    expect(ledger).not.toHaveProperty("extensions");
    expect(unpackDays(ledger.days)).toHaveLength(60);
    expect(coverage.status).not.toBe("complete");
    expect((await collect(daily({ extensionMs: 22_000 }), more, { before: ledger })).ledger.extensions).toMatchObject({
      longestMs: 22_000,
    });
  });
});

describe("failures on days that end at a whole second", () => {
  const failed = async (use: Use, lastModified: string) => {
    const { ledger } = await collect(use, { timeoutSeconds: 300, lastModified });
    return unpackDays(ledger.days).reduce((sum, { errors }) => sum + errors, 0);
  };

  test("before the last change are read: an older timeout may have cut them off", async () => {
    expect(await failed(daily({ maxMs: 3000, errors: 1 }), "2026-11-23T08:00:00Z")).toBe(60);
  });

  test("after it, or between whole seconds, are not", async () => {
    expect(await failed(daily({ maxMs: 3000, errors: 1 }), "2026-01-01T08:00:00Z")).toBe(0);
    expect(await failed(daily({ maxMs: 3400, errors: 1 }), "2026-11-23T08:00:00Z")).toBe(0);
  });
});
