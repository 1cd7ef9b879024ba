import { describe, expect, test } from "vitest";
import { allow, aRole } from "../../permissions/a-principal.ts";
import { aUserOf, judgeRole } from "./a-role-subject.ts";

const id = "iam/role-name-convention";
const named = (name: string) => aRole(name, [allow("s3:GetObject")]);
const judge = (name: string, pattern: string, stack?: string) => {
  const role = named(name);
  return judgeRole(id, [role], [aUserOf(role, "api", stack ? { stack } : {})], { settings: { pattern } });
};

describe(id, () => {
  test("is off until somebody sets a pattern", () => {
    expect(judge("whatever", "")).toEqual({ answer: "clear" });
  });

  test("compares the name with the pattern for each of the functions", () => {
    expect(judge("shop-api", "{stack}-{function}", "shop")).toEqual({ answer: "clear" });
    expect(judge("shop-api-role-1X2Y", "{stack}-{function}-role-*", "shop")).toEqual({ answer: "clear" });
    expect(judge("lambda-basic", "{stack}-{function}", "shop")).toMatchObject({
      answer: "hit",
      severity: "INFORMATIONAL",
      evidence: { wanted: "shop-api" },
    });
  });

  test("takes what is written literally, whatever it means in patterns of another kind", () => {
    expect(judge("shopXapi", "shop.{function}")).toMatchObject({ answer: "hit" });
    expect(judge("shop(api", "shop({function}")).toEqual({ answer: "clear" });
  });

  test("cannot tell where the pattern names what the function has not", () => {
    expect(judge("api", "{stack}-{function}")).toMatchObject({ answer: "unknown" });
  });
});
