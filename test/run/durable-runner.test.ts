import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";
import { LocalDurableTestRunner } from "@aws/durable-execution-sdk-js-testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { durableRunner } from "../../shared/run/durable-runner.ts";
import type { Runner } from "../../shared/run/runner.ts";

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

/** Runs `program` as a durable execution and answers what came of it. */
async function execute<T>(program: (runner: Runner, context: DurableContext) => Promise<T>) {
  const handlerFunction = withDurableExecution(async (_event: unknown, context) => program(durableRunner(context), context));
  const execution = await new LocalDurableTestRunner<T>({ handlerFunction }).run({ payload: {} });
  return { status: execution.getStatus(), execution };
}

function anError(name: string, message = "no"): Error {
  return Object.assign(new Error(message), { name });
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe("a step", () => {
  it("that fails once is retried, and those before it are not run again", async () => {
    const runs: string[] = [];
    const { execution } = await execute(async (runner) => {
      const first = await runner.step("first", async () => runs.push("first"));
      const second = await runner.step("second", async () => {
        runs.push("second");
        if (runs.length < 3) throw anError("ThrottlingException");
        return "done";
      });
      return { first, second };
    });
    expect(execution.getResult()).toEqual({ first: 1, second: "done" });
    expect(runs).toEqual(["first", "second", "second"]);
    expect(execution.getInvocations().length).toBeGreaterThan(1);
  });

  it("that keeps failing gives up after four attempts, with the name and message of its error", async () => {
    let attempts = 0;
    const { execution } = await execute((runner) =>
      runner
        .step("stubborn", async () => {
          attempts += 1;
          throw anError("InternalServerError", "try later");
        })
        .catch((error: Error) => ({ name: error.name, message: error.message })),
    );
    expect(attempts).toBe(4);
    expect(execution.getResult()).toEqual({ name: "InternalServerError", message: "try later" });
  });

  it.each([
    "ScanRunningError",
    "UnknownRegionError",
    "SettingsError",
    "ForeignTableError",
    "TableMissingError",
    "ExpiredTokenException",
    "CredentialsProviderError",
  ])("that fails with %s is not tried again", async (name) => {
    let attempts = 0;
    const { execution, status } = await execute((runner) =>
      runner.step("hopeless", async () => {
        attempts += 1;
        throw anError(name, "change something first");
      }),
    );
    expect(attempts).toBe(1);
    expect(status).toBe("FAILED");
    expect(execution.getError()).toMatchObject({ errorType: name, errorMessage: "change something first" });
  });

  it("keeps the name of its error when the scan goes on in a later invocation", async () => {
    const seen: string[] = [];
    await execute(async (runner, context) => {
      const error = await runner.step("fails", async () => Promise.reject(anError("SettingsError"))).catch((reason: Error) => reason);
      seen.push((error as Error).name);
      await context.wait({ seconds: 60 });
    });
    expect(seen).toEqual(["SettingsError", "SettingsError"]);
  });

  it("without an answer answers undefined", async () => {
    const { execution } = await execute(async (runner) => (await runner.step("quiet", async () => undefined)) === undefined);
    expect(execution.getResult()).toBe(true);
  });

  it("must not have the name of another", async () => {
    const { execution } = await execute(async (runner) => {
      await runner.step("same", async () => 1);
      await runner.step("same", async () => 2);
    });
    expect(execution.getError().errorMessage).toBe('there are two steps named "same"');
  });
});

describe("a map", () => {
  const options = { concurrency: 3, nameOf: (item: number) => `item ${item}` };
  const items = Array.from({ length: 12 }, (_, i) => i);

  it("answers in the order of the items, however long each takes", async () => {
    const { execution } = await execute((runner) =>
      runner.map(
        "square",
        items,
        async (item) => {
          await pause((12 - item) * 3);
          return item * item;
        },
        options,
      ),
    );
    expect(execution.getResult()).toEqual(items.map((item) => item * item));
  });

  it("has no more at once than it may", async () => {
    let now = 0;
    let most = 0;
    await execute((runner) =>
      runner.map(
        "busy",
        items,
        async () => {
          now += 1;
          most = Math.max(most, now);
          await pause(5);
          now -= 1;
        },
        options,
      ),
    );
    expect(most).toBe(3);
  });

  it("of nothing answers nothing", async () => {
    const { execution } = await execute((runner) => runner.map("empty", [], async () => 1, options));
    expect(execution.getResult()).toEqual([]);
  });

  it("retries the item that failed and no other", async () => {
    const runs = new Map<number, number>();
    const { execution } = await execute((runner) =>
      runner.map(
        "flaky",
        items,
        async (item) => {
          const run = (runs.get(item) ?? 0) + 1;
          runs.set(item, run);
          if (item === 5 && run < 3) throw anError("SlowDown");
          return item;
        },
        options,
      ),
    );
    expect(execution.getResult()).toEqual(items);
    expect([...runs.entries()].filter(([, count]) => count > 1)).toEqual([[5, 3]]);
  });

  it("finishes the other items, then throws the first failure as its own error", async () => {
    const ran: number[] = [];
    const { execution } = await execute((runner) =>
      runner.map(
        "broken",
        items,
        async (item) => {
          ran.push(item);
          if (item === 7 || item === 2) throw anError("ForeignTableError", `item ${item}`);
          return item;
        },
        options,
      ),
    );
    expect(execution.getError()).toMatchObject({ errorType: "ForeignTableError", errorMessage: "item 2" });
    expect(ran.toSorted((a, b) => a - b)).toEqual(items);
  });
});
