import { describe, expect, test } from "vitest";
import { Completeness } from "../../shared/judge/completeness.ts";
import type { Coverage } from "../../shared/model/coverage.ts";
import type { Snapshot } from "../../shared/model/snapshot.ts";

const byPolicy = "User: x is not authorized to perform: lambda:ListFunctions with an explicit deny in a service control policy";

/** An account of two Regions, whose second one answers for its functions as `functions` says. */
function anAccount(functions: Partial<Coverage>): Completeness {
  const row = (region: string, more: Partial<Coverage> = {}) => ({
    items: [],
    coverage: { collector: "functions", region, status: "complete", ...more },
  });
  return new Completeness({
    regionSource: "account",
    accountCoverage: [],
    regions: [
      { region: "global", services: {} },
      { region: "eu-west-1", functions: row("eu-west-1"), services: {} },
      { region: "eu-south-2", functions: row("eu-south-2", functions), services: {} },
    ],
  } as unknown as Snapshot);
}

describe("what belongs to no Region is judged", () => {
  test.each<[string, Partial<Coverage>, string]>([
    ["where all Regions were read", {}, "met"],
    ["where a policy closes a Region in which nothing was ever seen", { status: "denied", message: byPolicy }, "met"],
    ["not where functions were seen before the policy", { status: "denied", message: byPolicy, resourcesBefore: 3 }, "unmet"],
    ["not where the refusal is ours alone", { status: "denied", message: "no identity-based policy allows it" }, "unmet"],
    ["not where it failed", { status: "failed", message: byPolicy }, "unmet"],
  ])("%s", (_, functions, met) => {
    expect(anAccount(functions).of("functions", "global")).toBe(met);
  });

  test("in the closed Region itself nothing is known", () => {
    expect(anAccount({ status: "denied", message: byPolicy }).of("functions", "eu-south-2")).toBe("unmet");
  });
});
