import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readEnvironment, readSilenceVariables, readWidgetVariables } from "../../functions/environment.ts";

const folder = mkdtempSync(join(tmpdir(), "smalltarget-code-"));
afterAll(() => rmSync(folder, { recursive: true }));

const variables = {
  TABLE_NAME: "findings",
  BUCKET_NAME: "blobs",
  TOPIC_ARN: "arn:aws:sns:eu-west-1:111122223333:t",
  STACK_NAME: "SmallTarget",
  AWS_REGION: "eu-west-1",
  LAMBDA_TASK_ROOT: folder,
};

function read(settings: string, more: Readonly<Record<string, string | undefined>> = {}) {
  writeFileSync(join(folder, "settings.json"), settings);
  return readEnvironment({ ...variables, ...more });
}

describe("the environment of the function", () => {
  it("needs the variables of the stack; Regions and alarms have defaults", () => {
    expect(read("{}")).toMatchObject({
      tableName: "findings",
      bucketName: "blobs",
      topicArn: variables.TOPIC_ARN,
      stackName: "SmallTarget",
      homeRegion: "eu-west-1",
      regions: [],
      readsCode: true,
      settings: { disabledRules: [] },
    });
  });

  it("of the widget's function is a bucket and a Region", () => {
    expect(readWidgetVariables(variables)).toEqual({ bucketName: "blobs", homeRegion: "eu-west-1" });
    expect(() => readWidgetVariables({ ...variables, BUCKET_NAME: " " })).toThrow(/^BUCKET_NAME is not set/);
  });

  it("says whether reading code is switched off", () => {
    expect(read("{}", { READ_CODE: "no" }).readsCode).toBe(false);
  });

  it("takes Regions as a list, and settings from the file beside the code", () => {
    const environment = read('{"rules":{"lambda/unused-function":{"enabled":false}}}', { REGIONS: " eu-west-1, us-east-1 ," });
    expect(environment.regions).toEqual(["eu-west-1", "us-east-1"]);
    expect(environment.settings.disabledRules).toEqual(["lambda/unused-function"]);
  });

  it.each(Object.keys(variables))("names %s when it is missing or blank", (name) => {
    expect(() => read("{}", { [name]: undefined })).toThrow(`${name} is not set`);
    expect(() => read("{}", { [name]: " " })).toThrow(`${name} is not set`);
  });

  it.each([
    ["{", /^settings\.json beside the code cannot be read: /],
    ['{"rulez":{}}', /^settings\.json: unknown key "rulez"/],
    ['{"rules":{"lambda/none":{}}}', /^settings\.json: there is no rule "lambda\/none"/],
    ["[]", /^settings\.json: /],
  ])("says what is wrong with the settings %s", (settings, message) => {
    expect(() => read(settings)).toThrow(message);
    expect(() => read(settings)).toThrow(expect.objectContaining({ name: "SettingsError" }));
  });

  it("does not take a missing file for no settings", () => {
    const empty = mkdtempSync(join(folder, "no-settings-"));
    expect(() => readEnvironment({ ...variables, LAMBDA_TASK_ROOT: empty })).toThrow(
      /^settings\.json beside the code cannot be read: ENOENT/,
    );
  });
});

describe("what only the sweep is told", () => {
  const told = { OPERATIONS_TOPIC_ARN: "arn:aws:sns:eu-west-1:111122223333:o", OVERDUE_HOURS: "30" };

  it("is where to speak, and when", () => {
    expect(readSilenceVariables(told)).toEqual({ topicArn: told.OPERATIONS_TOPIC_ARN, overdueHours: 30 });
  });

  it.each(Object.keys(told))("names %s when it is missing", (name) => {
    expect(() => readSilenceVariables({ ...told, [name]: " " })).toThrow(`${name} is not set`);
  });

  it.each(["a day", "0", "-3", "Infinity"])("does not take %j for hours", (hours) => {
    expect(() => readSilenceVariables({ ...told, OVERDUE_HOURS: hours })).toThrow("OVERDUE_HOURS is not a number of hours");
  });
});
