import { afterEach, expect, test } from "vitest";
import type { EarlyFunctions } from "../../shared/model/early-functions.ts";
import { earlyTable } from "../../shared/report/early-table.ts";
import { earlyFacts } from "../../shared/usage/early-facts.ts";
import { watch } from "../../shared/watch.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { recordedAt, smallAccount } from "../cli/a-recording.ts";
import { denying, StubAccount } from "../stub-account.ts";

let watchdog: TestWatchdog | undefined;
afterEach(() => watchdog?.close());

const look = { width: 80, command: "smalltarget", paint: plainPaint() };

function plainPaint() {
  const same = (text: string | number | null | undefined) => String(text);
  return new Proxy({}, { get: () => same }) as never;
}

async function early(stub: StubAccount): Promise<EarlyFunctions[]> {
  const told: EarlyFunctions[] = [];
  watchdog = await aWatchdog(stub);
  await watch({ ...watchdog.watchdog, known: (functions) => told.push(functions) });
  return told;
}

test("the functions of every Region are told once, with what the end says of last use and longest run", async () => {
  const stub = new StubAccount({ now: recordedAt, regions: ["eu-west-1", "us-east-1"], functions: [...smallAccount] });
  const told = await early(stub);
  expect(told.map(({ region }) => region).sort()).toEqual(["eu-west-1", "us-east-1"]);
  const first = told.find(({ region }) => region === "eu-west-1");
  if (!first) throw new Error("not told");
  const text = earlyTable(first, earlyFacts(first), 2, look).join("\n");
  expect(text).toMatch(/^eu-west-1 {3}3 functions, still reading what starts them, and the inventory\n/);
  expect(text).toMatch(/\norders-api +24 Nov 2026 +10 s +9\.7 s\n/);
  expect(text).toContain("... 1 more, at the end: smalltarget functions --all");
  const other = told.find(({ region }) => region === "us-east-1");
  // no verdict: a run may still be found elsewhere
  expect(earlyTable(other as EarlyFunctions, earlyFacts(other as EarlyFunctions), 9, look).join("\n")).toMatch(
    /resize-old +not seen yet +3 s +-/,
  );
});

test("they are told although the inventory never answers", async () => {
  const stub = new StubAccount({ now: recordedAt, regions: ["eu-west-1"], functions: [...smallAccount] });
  watchdog = await aWatchdog(stub);
  let answer: () => void = () => undefined;
  const never = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow = watchdog.watchdog.clientsFor;
  let scan: Promise<unknown> | undefined;
  const told = new Promise<EarlyFunctions>((known) => {
    scan = watch({
      ...(watchdog as TestWatchdog).watchdog,
      clientsFor: (calls) => {
        const clients = slow(calls);
        const hold = (region: string) => {
          const sns = clients.sns(region);
          sns.middlewareStack.add((next) => async (args) => never.then(() => next(args)), { step: "initialize", priority: "high" });
          return sns;
        };
        return { ...clients, sns: hold };
      },
      known,
    });
  });
  expect((await told).functions.map(({ name }) => name)).toContain("orders-api");
  answer();
  await scan;
});

test("hostile names are escaped, and unread usage is unknown", async () => {
  const stub = new StubAccount({ now: recordedAt, regions: ["eu-west-1"], functions: [...smallAccount] });
  stub.fault = denying(/^cloudwatch:/, /./);
  const [told] = await early(stub);
  if (!told) throw new Error("not told");
  const [one] = told.functions;
  if (!one) throw new Error("no function");
  const hostile = { ...told, functions: [{ ...one, name: "a\u001b[31mb\nc\u202e" }] };
  const lines = earlyTable(hostile, earlyFacts(hostile), 9, look);
  expect(lines).toHaveLength(3);
  for (const character of ["\u001b", "\u202e", "\n"]) expect(lines.join("")).not.toContain(character);
  expect(lines[2]).toMatch(/unknown +\d+ s +-$/);
});
