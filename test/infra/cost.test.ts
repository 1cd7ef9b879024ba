import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../cli/run-command.ts";
import { resources, template } from "./synthesized.ts";

const runbook = readFileSync(join(root, "docs/runbook.md"), "utf8");
const [, table = ""] = /## What it costs\n([\s\S]*?)\n## /.exec(runbook) ?? [];
const rows = [...table.matchAll(/^\| (.+?) \| (.*?) \| (\d+\.\d\d) \|$/gm)].map(([, item = "", how = "", usd = ""]) => ({
  item,
  how,
  usd: Number(usd),
}));
const rowOf = (start: string) => rows.find(({ item }) => item.startsWith(start));
const stack = template();

describe("what it costs", () => {
  it("is the sum of its items, to five cents", () => {
    const [, together = ""] = /\*\*about (\d+\.\d\d)\*\*/.exec(table) ?? [];
    const sum = rows.reduce((all, { usd }) => all + usd, 0);
    expect(rows.length).toBeGreaterThan(8);
    expect(Number(together)).toBe(Math.round(sum * 20) / 20);
  });

  it("is what the readme says", () => {
    const [, together = ""] = /\*\*about (\d+\.\d\d)\*\*/.exec(table) ?? [];
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(`about ${together} USD a month`);
  });

  it("counts the alarms of the stack, at 0.10 each", () => {
    const alarms = resources(stack, "AWS::CloudWatch::Alarm").length;
    const row = rowOf("CloudWatch alarms");
    expect(row?.how).toMatch(new RegExp(`^${alarms}\\b`));
    expect(row?.usd).toBeCloseTo(alarms * 0.1);
  });

  it("names the memory that the functions have", () => {
    const memory = resources(stack, "AWS::Lambda::Function").map(([, { Properties }]) => Properties.MemorySize as number);
    expect(new Set(memory)).toEqual(new Set([1024]));
    expect(rowOf("Lambda, arm64")?.item).toContain("1,024 MB");
    expect(rowOf("the hourly sweep, Lambda")?.how).toContain("1,024 MB");
  });

  it("of the functions' time is their GB-seconds at 0.0000133334, rounded up to a cent", () => {
    const [, calls = "", seconds = ""] = /^(\d+) x (\d+) s,/.exec(rowOf("the hourly sweep, Lambda")?.how ?? "") ?? [];
    expect(rowOf("the hourly sweep, Lambda")?.usd).toBe(Math.ceil(Number(calls) * Number(seconds) * 0.0000133334 * 100) / 100);
  });
});
