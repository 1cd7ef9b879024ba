import { describe, expect, test } from "vitest";
import { baseScore } from "../../../shared/libraries/advisories/cvss.ts";
import { cvss4Classes } from "../../../shared/libraries/advisories/cvss4-classes.ts";
import { gravityOf } from "../../../shared/libraries/advisories/gravity.ts";

const score = (metrics: string) => baseScore(`CVSS:4.0/${metrics}`)?.score;

describe("scores of CVSS 4.0", () => {
  test("there is one for each of the 270 classes", () => {
    expect(cvss4Classes).toHaveLength(30);
    for (const row of cvss4Classes) expect(row).toMatch(/^[012][01] (00|01|10|11|21)( \d+(\.\d)?){9}$/);
  });

  // compared with the calculator of another house (ae-cvss-calculator 1.0.13), as were 20,000 drawn ones
  test.each([
    ["AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10],
    ["AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3],
    ["AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", 8.7],
    ["AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/E:P", 7.7],
    ["AV:A/AC:L/AT:N/PR:N/UI:P/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N", 7],
    ["AV:L/AC:L/AT:P/PR:L/UI:A/VC:L/VI:L/VA:N/SC:L/SI:N/SA:N", 1],
    ["AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N/E:U", 0.1],
    ["AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0],
  ])("%s is %d", (metrics, expected) => {
    expect(score(metrics)).toBe(expected);
  });

  test("what lacks a metric, or has a value that there is none, has none", () => {
    const whole = "AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
    for (const wrong of [
      "",
      whole.replace("/VC:H", ""),
      whole.replace("UI:N", "UI:R"),
      whole.replace("SI:N", "SI:S"),
      whole.replace("AV:N", "AV:NA"),
    ])
      expect(score(wrong), wrong).toBeUndefined();
  });
});

test("the severity comes from a vector of CVSS 3 where there is one, then from one of CVSS 4, then from one of CVSS 2", () => {
  const three = { type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" };
  const four = { type: "CVSS_V4", score: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" };
  const two = { type: "CVSS_V2", score: "AV:N/AC:L/Au:N/C:P/I:P/A:P" };
  expect(gravityOf([two, four, three])).toEqual({ severity: "HIGH", score: 7.5, by: "CVSS 3" });
  expect(gravityOf([two, four], { severity: "LOW" })).toEqual({ severity: "CRITICAL", score: 9.3, by: "CVSS 4" });
  expect(gravityOf([two])).toEqual({ severity: "HIGH", score: 7.5, by: "CVSS 2" });
});
