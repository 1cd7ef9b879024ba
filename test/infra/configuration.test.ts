import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfiguration } from "../../infra/configuration.ts";
import { now, resources, template } from "./synthesized.ts";

const folder = mkdtempSync(join(tmpdir(), "smalltarget-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(context: Record<string, unknown>) {
  return readConfiguration((name) => context[name], now);
}

function aFile(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe("the context of a synth", () => {
  it("may be empty: a scan a day, everywhere, nobody subscribed", () => {
    expect(read({})).toEqual({ schedule: "cron(0 6 * * ? *)", longestGapHours: 24, regions: [], memoryMb: 1024, alarms: false });
  });

  it.each([
    [{ schedule: "every day" }, /^schedule: "every day" is not a repeating/],
    [{ schedule: "at(2027-01-01T00:00:00)" }, /^schedule: .* is not a repeating/],
    [{ schedule: "rate(0 days)" }, /^schedule: /],
    [{ schedule: "cron(0 6 ? * MON *)" }, /^schedule: .* leaves up to 7 days between two scans; it must run at least every 6 days$/],
    [{ email: "team" }, /^email: "team" is not an e-mail address/],
    [{ operationsEmail: "a@example.com,b@example.com" }, /^operationsEmail: /],
    [{ regions: "eu-west-1,europe" }, /^regions: "europe" is not the name of a Region/],
    [{ memory: "lots" }, /^memory: "lots" must be a whole number of MB/],
    [{ memory: 128 }, /^memory: "128"/],
  ])("refuses %j", (context, message) => {
    expect(() => read(context)).toThrow(message);
  });
});

describe("the settings file", () => {
  it("reaches the function as it is, in one line", () => {
    const settings = aFile("good.json", '{ "rules": { "lambda/unused-function": { "enabled": true } } }\n');
    const [[, scan] = []] = resources(template({ settings }), "AWS::Lambda::Function");
    expect(scan?.Properties.Environment.Variables.SETTINGS).toBe('{"rules":{"lambda/unused-function":{"enabled":true}}}');
  });

  it.each([
    ["missing.json", undefined, /^settings: cannot read .*missing\.json: ENOENT/],
    ["broken.json", "{", /^settings: cannot read .*broken\.json: /],
    [
      "unknown-rule.json",
      '{ "rules": { "lambda/unused-funktion": {} } }',
      /there is no rule "lambda\/unused-funktion"; did you mean "lambda\/unused-function"/,
    ],
    ["unknown-key.json", '{ "rulez": {} }', /unknown key "rulez"; did you mean "rules"/],
    ["long.json", JSON.stringify({ tags: { team: Array.from({ length: 400 }, (_, i) => `team-tag-${i}`) } }), /^settings: .* 3000 fit/],
  ])("stops the synth when it is %s", (name, content, message) => {
    const settings = content === undefined ? join(folder, name) : aFile(name, content);
    expect(() => read({ settings })).toThrow(message);
  });
});
