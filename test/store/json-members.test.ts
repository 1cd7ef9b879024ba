import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { membersOf } from "../../shared/store/json-members.ts";

const zipped = (text: string) => gzipSync(text);
const all = () => true;

describe("members of a JSON object", () => {
  const values = {
    text: 'a "quoted" \\ back{slash}, [x]: y',
    "odd: {name}": 1,
    list: [{ a: [1, [2, { b: "]}" }]] }, "x,y", 3, null, [], [[]], {}],
    empty: [],
    none: {},
    nested: { list: [1, 2, { deep: "ü€😀" }], text: "}" },
    number: -1.5e3,
    flag: false,
    nothing: null,
  };

  test("are what JSON.parse makes of them", async () => {
    expect(await membersOf(zipped(JSON.stringify(values)), all)).toEqual(values);
    expect(await membersOf(zipped(JSON.stringify(values, null, 2)), all)).toEqual(values);
    expect(await membersOf(zipped("{}"), all)).toEqual({});
  });

  test("that nobody asked for are left out, and do not disturb the others", async () => {
    const wanted = new Set(["nested", "flag"]);
    expect(await membersOf(zipped(JSON.stringify(values)), (name) => wanted.has(name))).toEqual({ nested: values.nested, flag: false });
  });

  test("go over the borders of pieces, wherever they fall", async () => {
    const long = {
      before: "x".repeat(65_530),
      list: Array.from({ length: 3000 }, (_, i) => ({ i, text: '€"\\'.repeat(i % 50) })),
      after: [1],
    };
    for (const shift of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
      const moved = { ...long, before: "x".repeat(65_530 - shift) };
      expect(await membersOf(zipped(JSON.stringify(moved)), all)).toEqual(moved);
    }
  });

  test.each(["", "[1]", '{"a":1', '{"a":[1,2', '{"a":"x', '{"a":tru}', '{"a":1}}', "null"])("refuses %j", async (text) => {
    await expect(membersOf(zipped(text), all)).rejects.toThrow();
  });

  test("refuses what is no gzip, or ends too early", async () => {
    await expect(membersOf(Buffer.from("{}"), all)).rejects.toThrow();
    await expect(membersOf(zipped(JSON.stringify(values)).subarray(0, 60), all)).rejects.toThrow();
  });
});
