import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { readSettings } from "../../shared/settings.ts";

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/settings.schema.json"), "utf8"));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

function isRead(json: unknown): boolean {
  try {
    readSettings(json, catalogue);
    return true;
  } catch {
    return false;
  }
}

const channels = { chat: { kind: "slack", webhook: "ssm:/a" }, mail: { kind: "sns", topic: "stack" } };

describe("the published schema of the settings", () => {
  test.each([
    ["nothing", {}],
    ["Regions, tags, a team", { regions: ["eu-west-1"], tags: { team: ["squad"] }, defaultTeam: "core" }],
    ["rules", { rules: { "lambda/unused-function": { quietDays: 30, enabled: true } } }],
    [
      "channels and routes",
      { channels, routes: [{ teams: ["a"], env: "prod", rules: ["lambda/*"], minSeverity: "HIGH", channels: ["chat"] }] },
    ],
    [
      "every kind",
      {
        channels: {
          a: { kind: "webhook", url: "https://example.com/a" },
          b: { kind: "teams", webhook: "env:T" },
          c: { kind: "eventbridge", bus: "b" },
          d: { kind: "slack", token: "ssm:/t", channel: "C1" },
        },
      },
    ],
  ])("takes %s, as the program does", (_what, json) => {
    expect(isRead(json)).toBe(true);
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each([
    ["an unknown key", { rule: {} }],
    ["an unknown rule", { rules: { "lambda/nothing": {} } }],
    ["a threshold below its minimum", { rules: { "lambda/unused-function": { quietDays: 0 } } }],
    ["an unknown kind", { channels: { a: { kind: "pager" } } }],
    ["a secret itself", { channels: { a: { kind: "teams", webhook: "https://example.com/hook" } } }],
    ["an unknown key of a channel", { channels: { a: { kind: "sns", topic: "stack", topics: 1 } } }],
    ["a key that is missing", { channels: { a: { kind: "eventbridge" } } }],
    ["a route without channels", { channels, routes: [{ teams: ["a"] }] }],
    ["an unknown severity", { channels, routes: [{ minSeverity: "SEVERE", channels: ["chat"] }] }],
    ["a list of no teams", { channels, routes: [{ teams: [], channels: ["chat"] }] }],
  ])("refuses %s, as the program does", (_what, json) => {
    expect(isRead(json)).toBe(false);
    expect(validate(json)).toBe(false);
  });
});
