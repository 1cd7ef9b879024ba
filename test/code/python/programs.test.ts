import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/python/read-code.ts";
import { expectedOperations, operationsOf, programs, written } from "./a-program.ts";

const all = programs();

test("there are programs in many styles", () => {
  expect(all.length).toBeGreaterThanOrEqual(15);
});

describe.each(all)("of $name", ({ files, expected }) => {
  test("every call is found, and no other", async () => {
    const summary = await readCode(files, { runtime: "python3.13", handler: expected.handler });
    expect(operationsOf(summary)).toEqual(expectedOperations(expected));
    expect(summary.unresolved).toHaveLength(expected.unresolved);
    expect(summary.unread).toEqual([]);
  });

  test("resources are named as the code names them", async () => {
    const { calls } = await readCode(files, { handler: expected.handler });
    for (const [call, members] of Object.entries(expected.resources ?? {})) {
      const [client, operation] = call.replaceAll("-", "").split(".");
      const found = calls.filter((one) => one.client === client && one.operation === operation && one.confidence !== "low");
      expect([call, found.flatMap(written)]).toEqual([call, expect.arrayContaining([...members])]);
      // where nothing is listed, nothing may be claimed
      if (members.length === 0) expect(found.flatMap(written).filter((one) => !one.endsWith("=?"))).toEqual([]);
    }
  });

  test("the same is found without knowing the handler", async () => {
    const found = operationsOf(await readCode(files, {}));
    expect(found).toEqual(expect.arrayContaining(expectedOperations(expected)));
  });
});
