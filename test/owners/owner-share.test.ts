import { describe, expect, test } from "vitest";
import { ownerShare, ownerShareText } from "../../shared/owners/owner-share.ts";

describe("the share of resources with an owner", () => {
  test("counts what can be owned, not its parts", () => {
    const share = ownerShare([
      { type: "AWS::Lambda::Function", owner: { team: "core" } },
      { type: "AWS::SQS::Queue", owner: {} },
      { type: "AWS::ApiGateway::Method", owner: {} },
      { type: "AWS::Lambda::Url", owner: {} },
      { type: "AWS::CloudFormation::Stack", owner: { team: "core" } },
    ]);
    expect(share).toEqual({ owned: 1, of: 2 });
    expect(ownerShareText(share)).toBe("1 of 2 resources have an owner");
  });

  test("an account with nothing to own has no share", () => {
    expect(ownerShareText(ownerShare([]))).toBeUndefined();
    expect(ownerShareText({ owned: 1, of: 1 })).toBe("1 of 1 resource has an owner");
  });
});
