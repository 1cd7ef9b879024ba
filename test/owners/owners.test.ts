import { describe, expect, test } from "vitest";
import { type OwnerSources, ownerOf } from "../../shared/owners/owners.ts";

const arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const sources = (more: Partial<OwnerSources> = {}): OwnerSources => ({
  overrides: new Map(),
  creators: new Map(),
  tagKeys: { team: ["team", "owner"], env: ["env"] },
  stackTags: (region, stack) => (region === "eu-west-1" && stack === "shop" ? { Team: "shop-team", env: "prod" } : undefined),
  ...more,
});
const owner = (tags: Record<string, string>, more: Partial<OwnerSources> = {}) =>
  ownerOf({ arn, region: "eu-west-1", tags }, sources(more));
const inStack = { "aws:cloudformation:stack-name": "shop" };

describe("the owner of a resource", () => {
  test("is what a person said, before any tag", () => {
    expect(owner({ team: "payments" }, { overrides: new Map([[arn, "core"]]) })).toEqual({
      team: "core",
      source: "set by hand",
      confidence: "high",
    });
  });

  test("is the first configured tag that is not empty, compared without case", () => {
    expect(owner({ OWNER: "payments", team: "" })).toEqual({ team: "payments", source: "tag OWNER", confidence: "high" });
    expect(owner({ ...inStack, team: "own" })).toMatchObject({ team: "own", env: "prod" });
  });

  test("else comes from its stack, its application, the account's default, and is unknown at last", () => {
    expect(owner(inStack)).toEqual({ team: "shop-team", source: "tag Team of stack shop", confidence: "medium", env: "prod" });
    expect(owner({ awsApplication: "arn:aws:resource-groups:eu-west-1:111122223333:group/Shop/abc" })).toMatchObject({
      team: "abc",
      confidence: "low",
    });
    expect(owner({}, { defaultTeam: "platform" })).toEqual({ team: "platform", source: "the account's default", confidence: "low" });
    expect(owner({})).toEqual({});
  });
});
