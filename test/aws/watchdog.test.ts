// The whole watchdog against an emulator: real SDK, real collectors, real table, bucket and topic.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { nothingKept } from "../../cli/nothing-kept.ts";
import { recordTo } from "../../shared/aws/recording.ts";
import { replayFrom } from "../../shared/aws/replay.ts";
import type { FunctionFacts, ScanDocument } from "../../shared/model/document.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { secrets, smallAccount } from "./small-account.ts";
import { askingMoto, emulatorGaps, namedRegions, type WatchdogOnMoto, watchdogOnMoto } from "./watchdog-on-moto.ts";

const moto = await motoForThisFile("the watchdog against an emulator of AWS");

describe.runIf(moto)("a scan of an account", () => {
  let account: WatchdogOnMoto;
  let first: Awaited<ReturnType<WatchdogOnMoto["scan"]>>;
  let afterFirst: Awaited<ReturnType<WatchdogOnMoto["written"]>>;
  const facts = (name: string, { functions }: ScanDocument = first.document) => functions.find((f) => f.name === name) as FunctionFacts;

  beforeAll(async () => {
    account = await watchdogOnMoto();
    first = await account.scan();
    afterFirst = await account.written();
  });

  test("looks at every Region that EC2 names, as the emulator has no list of the account's Regions", () => {
    expect(first.document.scan.regionSource).toBe("ec2");
    expect(first.document.scan.regions).toEqual(namedRegions);
    expect(first.document.coverage).toContainEqual(expect.objectContaining({ collector: "regions", region: "global", status: "complete" }));
    const unexplained = first.incomplete.filter(({ code = "" }) => !emulatorGaps.test(code));
    expect(unexplained).toEqual([]);
    const ofFunctions = ["functions", "usage", "eventSourceMappings", "queues", "tags", "candidates"];
    expect(first.incomplete.filter(({ collector }) => ofFunctions.includes(collector))).toEqual([]);
  });

  test("finds every function, as zip and as image, with owner and stack from its tags", () => {
    expect(first.document.functions.map(({ name }) => name).sort()).toEqual(smallAccount.functions.map(({ name }) => name).sort());
    expect(facts("orders-api")).toMatchObject({
      packageType: "Zip",
      owner: { team: "payments", source: "tag team", env: "prod" },
      stack: { name: "orders", logicalId: "ApiFunction" },
      lastInvocation: { state: "invoked", quietDays: 0, source: "metrics" },
      duration: { longestMs: 9700, samples: 1000 },
    });
    expect(facts("invoice-pdf").packageType).toBe("Image");
    expect(facts("invoice-pdf").runtime).toBeUndefined();
    expect(facts("far-away").region).toBe("us-east-1");
  });

  test("finds what starts them: queue, yearly rule, quarterly schedule, alarm, finding", () => {
    const triggers = (name: string) => facts(name).triggers.map(({ kind, enabled, periodDays }) => [kind, enabled, periodDays]);
    expect(triggers("orders-worker")).toEqual([["event-source-mapping", true, undefined]]);
    expect(triggers("tax-year-close")).toEqual([["rule", true, 366]]);
    expect(triggers("quarterly-export")).toEqual([["schedule", true, 92]]);
    expect(facts("on-alarm").activity).toBe("dormant-by-role");
    expect(facts("on-finding").activity).toBe("dormant-by-role");
    expect(facts("switched-off").activity).toBe("switched-off");
  });

  test("judges the queue by the function that it feeds", () => {
    const [queue] = first.document.findings.filter(({ rule }) => rule === "sqs/visibility-timeout-too-short");
    expect(queue).toMatchObject({ severity: "HIGH", resource: { name: "orders" }, owner: { team: "queues" } });
  });

  test("sends one summary, and a second scan sends and finds nothing new", async () => {
    expect(first.delivery.sent).toHaveLength(1);
    expect(afterFirst.messages).toHaveLength(1);
    const second = await account.scan();
    expect(second.changes).toMatchObject({ opened: 0, reopened: 0, changed: 0, resolved: 0 });
    expect(second.delivery.sent).toEqual([]);
    const after = await account.written();
    expect(after.messages).toEqual([]);
    // one more scan in the table, one more document in the bucket
    expect(after).toMatchObject({ items: afterFirst.items + 1, blobs: afterFirst.blobs + 1 });
  });

  test("writes no secret into table, bucket, message or recording; a reference it keeps", async () => {
    const folder = mkdtempSync(join(tmpdir(), "smalltarget-recording-"));
    try {
      const path = join(folder, "account.ndjson");
      const recorder = recordTo(path, new Date());
      await account.scan({ ...askingMoto(recorder), ...nothingKept() });
      recorder.close();
      const recording = readFileSync(path, "utf8");
      const everything = `${(await account.written()).text}\n${afterFirst.text}\n${recording}`;
      for (const secret of Object.values(secrets)) expect(everything.includes(secret), secret).toBe(false);
      for (const kept of ["STRIPE_KEY", "arn:aws:sns:eu-west-1:111122223333:orders"]) {
        expect(afterFirst.text, kept).toContain(kept);
        expect(recording, kept).toContain(kept);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("says the same when it is replayed from its recording", async () => {
    const folder = mkdtempSync(join(tmpdir(), "smalltarget-recording-"));
    try {
      const path = join(folder, "account.ndjson");
      const now = () => new Date("2026-11-24T09:30:00Z");
      const recorder = recordTo(path, now());
      const recorded = await account.scan({ ...askingMoto(recorder), ...nothingKept(), now });
      recorder.close();
      const replayed = await account.scan({ ...askingMoto(replayFrom(path)), ...nothingKept(), now });
      const said = ({ document: { functions, findings, coverage } }: typeof recorded) => ({
        functions,
        coverage,
        findings: findings.map(({ id }) => id),
      });
      expect(said(replayed)).toEqual(said(recorded));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
