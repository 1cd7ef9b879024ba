import { describe, expect, test } from "vitest";
import { codeNeed } from "../../shared/permissions/need-code.ts";
import { anywhere, noEnvironment } from "../../shared/permissions/need-request.ts";
import { aCall, aSummary, aText } from "./a-call.ts";

const offline = { place: anywhere, environment: noEnvironment, source: "code" } as const;

/** `ACTION RESOURCE, RESOURCE CONFIDENCE` of each need of one call. */
function needed(...[operation, members]: Parameters<typeof aCall>): string[] {
  return codeNeed(aSummary([aCall(operation, members)]), offline).needs.map(
    ({ action, resources, confidence }) => `${action} ${resources.join(", ")} ${confidence}`,
  );
}

describe("who speaks in a conversation, or what a person may do, is no role that is handed over", () => {
  test.each<[string, string]>([
    ["bedrockruntime:Converse", "role"],
    ["bedrockruntime:ConverseStream", "role"],
    ["bedrockagentruntime:InvokeInlineAgent", "role"],
    ["quicksight:RegisterUser", "UserRole"],
    ["workmail:CreateUser", "Role"],
  ])("%s with %s", (operation, member) => {
    expect(needed(operation, { [member]: aText("?") }).filter((one) => one.startsWith("iam:"))).toEqual([]);
  });

  test.each<[string, string]>([
    ["bedrock:CreateModelInvocationJob", "roleArn"],
    ["bedrockagent:CreateAgent", "agentResourceRoleArn"],
    ["quicksight:CreateDataSource", "RoleArn"],
    ["lambda:CreateFunction", "Role"],
  ])("while %s hands over what its %s names", (operation, member) => {
    const role = "arn:aws:iam::111122223333:role/press";
    expect(needed(operation, { [member]: role })).toContain(`iam:PassRole ${role} high`);
  });
});

test("variables of a build have names, and its project is not among them", () => {
  const variables = { projectName: aText("?"), environmentVariablesOverride: aText("?"), name: ["PAPER", "INK"], value: aText("?") };
  expect(needed("codebuild:StartBuild", variables)).toEqual(["codebuild:StartBuild arn:aws:codebuild:*:*:project/* high"]);
});

describe("what Systems Manager tags is of the kind that the request says", () => {
  test.each([
    ["Parameter", "/press/ink", "parameter/press/ink"],
    ["MaintenanceWindow", "mw-1", "maintenancewindow/mw-1"],
    ["OpsItem", "oi-1", "opsitem/oi-1"],
    ["Document", "Wash", "document/Wash"],
  ])("%s", (ResourceType, ResourceId, resource) => {
    expect(needed("ssm:AddTagsToResource", { ResourceType, ResourceId, Tags: aText("?") })).toEqual([
      `ssm:AddTagsToResource arn:aws:ssm:*:*:${resource} high`,
    ]);
  });

  test("and of any kind where it says one that nobody knows", () => {
    for (const ResourceType of [aText("?"), aText("Printer")])
      expect(needed("ssm:RemoveTagsFromResource", { ResourceType, ResourceId: "x" })).toEqual(["ssm:RemoveTagsFromResource * high"]);
  });
});

describe("a version that may be undefined", () => {
  const page = { Bucket: "press", Key: "page" };
  test("may be no version at all", () => {
    expect(needed("s3:GetObject", { ...page, VersionId: aText("?") })).toEqual([
      "s3:GetObjectVersion arn:aws:s3:::press/page medium",
      "s3:GetObject arn:aws:s3:::press/page medium",
    ]);
  });

  test("is one where its text is known, at least in part", () => {
    for (const VersionId of [aText("7"), aText("v", "?"), aText("$VERSION")])
      expect(needed("s3:GetObject", { ...page, VersionId })).toEqual(["s3:GetObjectVersion arn:aws:s3:::press/page high"]);
  });

  test("is one in Python, which sends nothing that is None", () => {
    const call = { ...aCall("s3:GetObject", { ...page, VersionId: aText("?") }), at: "press.py:7" };
    expect(codeNeed(aSummary([call]), offline).needs.map(({ action }) => action)).toEqual(["s3:GetObjectVersion"]);
  });
});
