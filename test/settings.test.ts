import { describe, expect, test } from "vitest";
import { catalogue } from "../shared/rules/catalogue.ts";
import { readSettings, SettingsError } from "../shared/settings.ts";

const read = (json: unknown) => readSettings(json, catalogue, "settings.json");

describe("settings", () => {
  test("nothing set gives every threshold its default", () => {
    expect(read({}).rules["lambda/unused-function"]).toMatchObject({ quietDays: 90, deployGraceDays: 14 });
    expect(read({}).tags.team).toContain("team");
  });

  test("what is set replaces the default, and only that", () => {
    const settings = read({
      rules: { "lambda/unused-function": { quietDays: 30 }, "lambda/timeout-too-long": { enabled: false } },
      tags: { team: ["squad"] },
    });
    expect(settings.rules["lambda/unused-function"]).toMatchObject({ quietDays: 30, removeAfterDays: 30 });
    expect(settings.disabledRules).toEqual(["lambda/timeout-too-long"]);
    expect(settings.tags).toEqual({ team: ["squad"], env: ["env", "environment", "stage"] });
  });

  test.each([
    ["an unknown key", { rule: {} }, /unknown key "rule"; did you mean "rules"\?/],
    ["an unknown tag key", { tags: { teams: [] } }, /unknown key "tags.teams"; did you mean "team"\?/],
    [
      "an unknown rule",
      { rules: { "lambda/unused-functions": {} } },
      /no rule "lambda\/unused-functions"; did you mean "lambda\/unused-function"\?/,
    ],
    ["an unknown threshold", { rules: { "lambda/unused-function": { quietDay: 3 } } }, /no setting "quietDay"; did you mean "quietDays"\?/],
    [
      "a value below its minimum",
      { rules: { "lambda/unused-function": { quietDays: 0 } } },
      /quietDays must be a number of days, at least 1/,
    ],
    ["a value of another kind", { rules: { "lambda/unused-function": { enabled: 1 } } }, /enabled must be true or false/],
    ["what is no Region", { regions: ["Europe"] }, /regions\.0: is not the name of a Region/],
    ["no object at all", [], /settings\.json/],
  ])("%s is named, with the nearest right one", (_what, json, message) => {
    expect(() => read(json)).toThrow(SettingsError);
    expect(() => read(json)).toThrow(message);
  });
});
