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

  test("of advisories nothing need be said; what is said is taken", () => {
    const all = ["npm", "PyPI", "Maven", "Go", "RubyGems", "NuGet"];
    expect(read({}).advisories).toEqual({ ecosystems: all });
    expect(read({ advisories: { source: "off" } }).advisories).toEqual({ source: "off", ecosystems: all });
    const set = { source: "https://mirror.example.com/osv", ecosystems: ["npm"], kev: "https://mirror.example.com/kev.json" };
    expect(read({ advisories: set }).advisories).toEqual(set);
  });

  test.each([
    [{ digest: [] }, "digest"],
    [{ tags: [] }, "tags"],
    [{ rules: [] }, "rules"],
    [{ rules: { "lambda/unused-function": [] } }, "rules.lambda/unused-function"],
  ])("a list where an object is meant is said, an empty one too: %j", (json, where) => {
    expect(() => read(json)).toThrow(`settings.json: ${where}: must be an object, not a list`);
  });

  test("quiet hours and the day of the weekly digest, with defaults for what is not said", () => {
    expect(read({}).digest).toBeUndefined();
    expect(read({ digest: { quietHours: "22-07" } }).digest).toEqual({
      quietHours: { from: 1320, to: 420 },
      timeZone: "UTC",
      weeklyOn: "monday",
    });
    const digest = { quietHours: "22:30 - 06:45", timeZone: "Europe/Berlin", weeklyOn: "thursday" };
    expect(read({ digest }).digest).toEqual({ ...digest, quietHours: { from: 1350, to: 405 } });
    expect(read({ digest: { quietHours: "12-24" } }).digest?.quietHours).toEqual({ from: 720, to: 0 });
  });

  test.each([
    ["hours that are none", { quietHours: "late" }, /digest\.quietHours: must be two times of day such as "22-07"/],
    ["hours that never end", { quietHours: "07-07:00" }, /two times of day .* which differ/],
    ["an hour that no day has", { quietHours: "22-25" }, /digest\.quietHours: must be/],
    [
      "a zone that nobody keeps",
      { timeZone: "Europe/Atlantis" },
      /digest\.timeZone: must be the name of a time zone such as "Europe\/Berlin"/,
    ],
    ["an offset, which knows no summer", { timeZone: "+02:00" }, /digest\.timeZone: must be/],
    ["a day that no week has", { weeklyOn: "Mo" }, /digest\.weeklyOn: must be a day of the week: sunday, monday/],
    ["an unknown key", { quietHour: "22-07" }, /unknown key "digest\.quietHour"; did you mean "quietHours"\?/],
  ])("of the digest, %s is named", (_what, digest, message) => {
    expect(() => read({ digest })).toThrow(message);
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
    ["an unknown key of advisories", { advisories: { sources: "off" } }, /unknown key "advisories.sources"; did you mean "source"\?/],
    ["advisories that are no object", { advisories: "off" }, /advisories: must be an object, such as { "source": "off" }/],
    [
      "an unknown ecosystem",
      { advisories: { ecosystems: ["npm", "pypi"] } },
      /advisories\.ecosystems\.1: is none of npm, .*; did you mean "PyPI"\?/,
    ],
    ["no ecosystem", { advisories: { ecosystems: [] } }, /advisories\.ecosystems: is empty/],
    [
      "an address with a password",
      { advisories: { source: "https://me:secret@mirror.example.com" } },
      /advisories\.source: is no address that can be asked/,
    ],
    ["no object at all", [], /settings\.json/],
  ])("%s is named, with the nearest right one", (_what, json, message) => {
    expect(() => read(json)).toThrow(SettingsError);
    expect(() => read(json)).toThrow(message);
  });
});
