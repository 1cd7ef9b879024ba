import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { readOptions, refuseContext } from "../../infra/options-file.ts";
import { now } from "./synthesized.ts";

const folder = mkdtempSync(join(tmpdir(), "smalltarget-options-"));
const file = join(folder, "smalltarget.json");
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(file, { force: true }));

function read(options: unknown) {
  writeFileSync(file, typeof options === "string" ? options : JSON.stringify(options));
  return readOptions(folder, now);
}

const defaults = {
  schedule: "cron(0 6 * * ? *)",
  longestGapHours: 24,
  regions: [],
  memoryMb: 1024,
  alarms: false,
  replies: false,
  code: true,
  images: false,
  advisories: true,
  dashboard: true,
  widget: false,
  settings: "{}",
};

describe("smalltarget.json", () => {
  it("may be missing or empty: a scan a day, everywhere, nobody subscribed", () => {
    expect(readOptions(folder, now)).toEqual(defaults);
    expect(read({})).toEqual(defaults);
  });

  it("may say everything", () => {
    const given = {
      schedule: "rate(12 hours)",
      regions: ["eu-west-1", "eusc-de-east-1", "us-gov-west-1", "us-isob-east-1"],
      email: "team@example.com",
      operationsEmail: "ops@example.com",
      memoryMb: 512,
      alarms: true,
      replies: true,
      code: false,
      images: true,
      dashboard: false,
      widget: true,
      permissionsBoundary: "arn:aws:iam::111122223333:policy/teams/edge",
    };
    expect(read({ ...given, settings: { defaultTeam: "core" } })).toEqual({
      ...given,
      longestGapHours: 12,
      // without code images are not read either, and there is nothing to put to advisories
      images: false,
      advisories: false,
      settings: '{"defaultTeam":"core"}',
    });
    expect(read({ images: true })).toMatchObject({ code: true, images: true });
  });

  it.each([
    ["{", /^cannot read smalltarget\.json: /],
    ["[]", /^smalltarget\.json: options are a JSON object$/],
    [{ emial: "a@example.com" }, /^smalltarget\.json: unknown option "emial"; did you mean "email"\?$/],
    [{ memory: 2048 }, /^smalltarget\.json: unknown option "memory"; did you mean "memoryMb"\?$/],
    [{ schedule: "every day" }, /^smalltarget\.json: schedule: "every day" is not a repeating/],
    [{ schedule: "at(2027-01-01T00:00:00)" }, / schedule: .* is not a repeating/],
    [{ schedule: "rate(0 days)" }, / schedule: /],
    [{ schedule: "cron(0 6 ? * MON *)" }, / schedule: .* leaves up to 7 days between two scans; it must run at least every 6 days$/],
    [{ email: "team" }, / email: "team" is not an e-mail address/],
    [{ operationsEmail: "a@example.com,b@example.com" }, / operationsEmail: /],
    [{ regions: "eu-west-1" }, / regions: "eu-west-1" must be a list/],
    [{ regions: ["eu-west-1", "europe"] }, / regions\.1: "europe" is not the name of a Region/],
    [{ memoryMb: "lots" }, / memoryMb: "lots" must be a whole number of MB from 512 to 10240$/],
    [{ memoryMb: 256 }, / memoryMb: 256 must be/],
    [{ memoryMb: 600.5 }, / memoryMb: 600\.5 must be/],
    [{ alarms: "yes" }, / alarms: "yes" must be true or false$/],
    [{ code: "no" }, / code: "no" must be true or false$/],
    [{ permissionsBoundary: "arn:aws:iam::1:role/x" }, / permissionsBoundary: .* is not the name or ARN of a managed policy$/],
    [{ settings: 3 }, / settings: 3 must be an object, or the path/],
    [{ email: "team", alarms: 1 }, /email: .*\n.*alarms: /],
    [
      { email: "team@example.com", settings: { channels: { chat: { kind: "slack", webhook: "ssm:/x" } } } },
      / email: nothing would be sent there: .*"topic": "stack"/,
    ],
  ])("%j is refused", (options, message) => {
    expect(() => read(options)).toThrow(message);
  });
});

it("an address is no mistake where the topic of the stack is among the channels, or for alarms only", () => {
  const chat = { kind: "slack", webhook: "ssm:/x" };
  const mail = { kind: "sns", topic: "stack" };
  expect(read({ email: "team@example.com", settings: { channels: { chat, mail } } }).email).toBe("team@example.com");
  expect(read({ operationsEmail: "ops@example.com", settings: { channels: { chat } } }).operationsEmail).toBe("ops@example.com");
});

describe("the settings in it", () => {
  it("may be in a file of their own, beside it", () => {
    writeFileSync(join(folder, "settings.json"), '{ "rules": { "lambda/unused-function": { "enabled": true } } }\n');
    expect(read({ settings: "settings.json" }).settings).toBe('{"rules":{"lambda/unused-function":{"enabled":true}}}');
  });

  it.each([
    ["missing.json", /^cannot read missing\.json: ENOENT/],
    [{ rulez: {} }, /^smalltarget\.json: settings: unknown key "rulez"; did you mean "rules"/],
    [{ rules: { "lambda/unused-funktion": {} } }, /there is no rule "lambda\/unused-funktion"; did you mean "lambda\/unused-function"/],
    [
      { channels: { chat: { kind: "slack", webhook: "env:HOOK" } } },
      /^smalltarget\.json: settings: env:HOOK is read on the command line only/,
    ],
  ])("stop the synth when they are %j", (settings, message) => {
    expect(() => read({ settings })).toThrow(message);
  });
});

describe("what is given with -c", () => {
  it.each([
    ["email", "email"],
    ["emial", "email"],
    ["Email", "email"],
    ["memory", "memoryMb"],
    ["region", "regions"],
    ["setting", "settings"],
    ["@aws-cdk/core:permissionsBoundary", "permissionsBoundary"],
  ])("%s is refused: it would be forgotten", (name, meant) => {
    expect(() => refuseContext({ [name]: "x" })).toThrow(
      `-c ${name}: write "${meant}" into smalltarget.json instead; what is given with -c is forgotten by the next deployment`,
    );
  });

  it("and is the CDK's own passes", () => {
    refuseContext({
      "aws:cdk:enable-path-metadata": true,
      "@aws-cdk/aws-iam:minimizePolicies": true,
      "@aws-cdk/core:permissionsBoundary": { name: "edge" },
      "availability-zones:account=111122223333:region=eu-west-1": [],
      "acknowledged-issue-numbers": [1],
    });
  });
});
