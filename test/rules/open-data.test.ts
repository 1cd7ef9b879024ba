import { describe, expect, test } from "vitest";
import { outside, type Resource } from "../../shared/model/graph.ts";
import { aResource, judgeResource, wordedResource } from "./a-resource-subject.ts";

const bucket = (details: Resource["details"] = {}, more: Partial<Resource> = {}) =>
  aResource("AWS::S3::Bucket", {
    arn: "arn:aws:s3:::uploads",
    name: "uploads",
    encryption: { atRest: "aws-owned", inTransit: "not-enforced" },
    ...more,
    details: { publicWrite: [], publicRead: [], publicAccessBlocked: [], bucketBlocked: [], website: false, ...details },
  });
const allOn = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
const clear = { answer: "clear" };
const unknown = { answer: "unknown" };

describe("s3/public-write", () => {
  const id = "s3/public-write";
  const open = bucket({ publicWrite: ["Open"], publicRead: ["Open"] });

  test("is CRITICAL and names what the bucket sets off", () => {
    const around = { outgoing: [{ to: "arn:aws:lambda:eu-west-1:111122223333:function:resize", kind: "notifies" as const }] };
    expect(judgeResource(id, open, around)).toMatchObject({ severity: "CRITICAL", materialKey: "Open" });
    const { remediation } = wordedResource(id, open, around);
    expect(remediation.text).toContain("sets off arn:aws:lambda:eu-west-1:111122223333:function:resize");
    expect(remediation.commands).toEqual([
      "aws s3api put-public-access-block --bucket uploads --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true --region eu-west-1",
      "aws s3api delete-public-access-block --bucket uploads --region eu-west-1",
    ]);
  });

  test("never offers to take a website down", () => {
    const { commands } = wordedResource(id, bucket({ publicWrite: ["Open"], website: true })).remediation;
    expect(commands.join()).not.toContain("put-public-access-block");
  });

  test("is clear where nobody may write, and cannot tell without what might close or open it", () => {
    expect(judgeResource(id, bucket())).toEqual(clear);
    expect(judgeResource(id, bucket({ publicWrite: ["Open"], unread: ["accountPublicAccessBlock"] }))).toMatchObject(unknown);
    expect(judgeResource(id, bucket({ unread: ["acl"] }))).toMatchObject(unknown);
    // open by policy, whatever the ACL says
    expect(judgeResource(id, bucket({ publicWrite: ["Open"], unread: ["acl"] }))).toMatchObject({ answer: "hit" });
  });
});

describe("s3/public-read", () => {
  const id = "s3/public-read";

  test("is MEDIUM, and LOW for a website that nobody may write to", () => {
    expect(judgeResource(id, bucket({ publicRead: ["Open"] }))).toMatchObject({ severity: "MEDIUM" });
    expect(judgeResource(id, bucket({ publicRead: ["Open"], website: true }))).toMatchObject({ severity: "LOW" });
    expect(judgeResource(id, bucket({ publicRead: ["Open"], publicWrite: ["Open"], website: true }))).toMatchObject({ severity: "MEDIUM" });
    expect(judgeResource(id, bucket())).toEqual(clear);
    expect(judgeResource(id, bucket({ publicRead: ["Open"], unread: ["website"] }))).toMatchObject(unknown);
    expect(wordedResource(id, bucket({ publicRead: ["Open"], website: true })).title).toContain("configured as a website");
  });
});

describe("s3/no-public-access-block", () => {
  const id = "s3/no-public-access-block";

  test("is MEDIUM where nothing is on, LOW where a part is, and quiet about what is public already", () => {
    expect(judgeResource(id, bucket())).toMatchObject({ severity: "MEDIUM" });
    expect(judgeResource(id, bucket({ publicAccessBlocked: allOn.slice(0, 2) }))).toMatchObject({
      severity: "LOW",
      materialKey: "BlockPublicPolicy|RestrictPublicBuckets",
    });
    expect(judgeResource(id, bucket({ publicAccessBlocked: allOn }))).toEqual(clear);
    expect(judgeResource(id, bucket({ publicRead: ["Open"] }))).toEqual(clear);
    expect(judgeResource(id, bucket({ unread: ["publicAccessBlock"] }))).toMatchObject(unknown);
  });

  test("sets back what was on before", () => {
    const { commands } = wordedResource(
      id,
      bucket({ publicAccessBlocked: ["BlockPublicAcls"], bucketBlocked: ["BlockPublicAcls"] }),
    ).remediation;
    expect(commands[1]).toContain("BlockPublicAcls=true,IgnorePublicAcls=false,BlockPublicPolicy=false,RestrictPublicBuckets=false");
  });
});

describe("plain http", () => {
  const door = { incoming: [{ from: outside.internet, kind: "may-read" as const, auth: "none" as const }] };

  test("matters where somebody outside gets in, and not for a website", () => {
    const id = "s3/unencrypted-in-transit";
    expect(judgeResource(id, bucket(), door)).toMatchObject({ severity: "LOW" });
    expect(judgeResource(id, bucket())).toEqual(clear);
    expect(judgeResource(id, bucket({ website: true, publicRead: ["Open"] }), door)).toEqual(clear);
    expect(judgeResource(id, bucket({}, { encryption: { atRest: "aws-owned", inTransit: "enforced" } }), door)).toEqual(clear);
    expect(judgeResource(id, bucket({ unread: ["policy"] }), door)).toMatchObject(unknown);
  });

  test("does not matter where only endpoints of the account's own VPCs lead there", () => {
    const way = { from: outside.internet, kind: "may-read" as const, auth: "network" as const };
    const id = "s3/unencrypted-in-transit";
    expect(judgeResource(id, bucket(), { incoming: [{ ...way, throughOwnEndpoint: true }] })).toEqual(clear);
    // addresses of an office are on the internet
    expect(judgeResource(id, bucket(), { incoming: [way] })).toMatchObject({ severity: "LOW" });
    expect(judgeResource(id, bucket(), { incoming: [{ ...way, throughOwnEndpoint: true }, way] })).toMatchObject({ severity: "LOW" });
  });

  test.each([
    ["sqs/unencrypted-in-transit", "AWS::SQS::Queue", '"Action":"sqs:*"'],
    ["sns/unencrypted-in-transit", "AWS::SNS::Topic", '"Action":"sns:Publish"'],
  ])("%s gives the statement that refuses it", (id, type, action) => {
    const resource = aResource(type, { encryption: { atRest: "none", inTransit: "not-enforced" } });
    expect(judgeResource(id, resource)).toEqual(clear);
    const { remediation } = wordedResource(id, resource, door);
    expect(remediation.commands).toHaveLength(2);
    expect(remediation.commands[1]).toContain(action);
  });
});

describe("policies for everybody", () => {
  test.each([
    ["sqs/public-policy", "AWS::SQS::Queue", "publicSend", "HIGH", "aws sqs remove-permission"],
    ["sns/public-policy", "AWS::SNS::Topic", "publicSubscribe", "HIGH", "aws sns remove-permission"],
    ["events/public-policy", "AWS::Events::EventBus", "publicPut", "MEDIUM", "aws events remove-permission"],
  ])("%s", (id, type, detail, severity, command) => {
    const open = aResource(type, { arn: "arn:aws:sqs:eu-west-1:111122223333:orders", details: { [detail]: ["Open"] } });
    expect(judgeResource(id, open)).toMatchObject({ severity, materialKey: expect.stringContaining("Open") });
    const { remediation } = wordedResource(id, open);
    expect(remediation.commands[0]).toContain("policy-before.json");
    expect(remediation.commands[1]).toContain(command);
    expect(judgeResource(id, aResource(type, { details: { [detail]: [] } }))).toEqual(clear);
    expect(judgeResource(id, aResource(type, { details: { unread: ["policy"] } }))).toMatchObject(unknown);
    const nameless = wordedResource(id, { ...open, details: { [detail]: ["(without Sid)"] } }).remediation.commands;
    expect(nameless.join("\n")).not.toContain("remove-permission");
    expect(nameless[1]).toContain("file://");
  });
});

test("an API with IAM authorization for every AWS account keeps its policy, and cannot be told while its routes are unread", () => {
  const id = "apigateway/public-policy";
  const anApi = (details: Resource["details"] = {}) =>
    aResource("AWS::ApiGateway::RestApi", { arn: "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3", name: "shop", details });
  const open = anApi({ everyAccountStatements: ["Everybody"] });
  expect(judgeResource(id, open)).toMatchObject({ severity: "MEDIUM", materialKey: expect.stringContaining("Everybody") });
  const { title, remediation } = wordedResource(id, open);
  expect(title).toBe("Every AWS account may call routes with IAM authorization of API shop");
  expect(remediation.commands[0]).toBe(
    "aws apigateway get-rest-api --rest-api-id a1b2c3 --region eu-west-1 --query policy --output text > policy-before.json",
  );
  expect(remediation.commands[2]).toContain("create-deployment --rest-api-id a1b2c3");
  expect(judgeResource(id, anApi({ everyAccountStatements: [] }))).toEqual(clear);
  expect(judgeResource(id, anApi({ unread: ["routes", "stages", "authorizers"] }))).toMatchObject(unknown);
});

describe("services that act for anybody", () => {
  test.each([
    ["sqs/confused-deputy", "AWS::SQS::Queue"],
    ["sns/confused-deputy", "AWS::SNS::Topic"],
    ["s3/confused-deputy", "AWS::S3::Bucket"],
  ])("%s names service and statement, and the way back", (id, type) => {
    const open = aResource(type, {
      arn: "arn:aws:sqs:eu-west-1:111122223333:orders",
      details: { deputyStatements: ["Feed: sns.amazonaws.com"] },
    });
    expect(judgeResource(id, open)).toMatchObject({ severity: "LOW", materialKey: "Feed: sns.amazonaws.com" });
    const { title, remediation } = wordedResource(id, open);
    expect(title).toMatch(/^sns\.amazonaws\.com may use (queue|topic|bucket) .+ on behalf of any account$/);
    expect(remediation.text).toContain("Statement Feed: add a condition StringEquals on aws:SourceAccount");
    expect(remediation.commands[0]).toContain("policy-before.json");
    expect(judgeResource(id, aResource(type, { details: { deputyStatements: [] } }))).toEqual(clear);
    expect(judgeResource(id, aResource(type, { details: { unread: ["policy"] } }))).toMatchObject(unknown);
  });
});

describe("what the policy does not tell", () => {
  test("is unknown where a condition cannot be evaluated, and told where another statement is open", () => {
    const untold = ["Open: aws:brandnew"];
    const why = "whom the policy lets in depends on Open: aws:brandnew";
    expect(judgeResource("sqs/public-policy", aResource("AWS::SQS::Queue", { details: { untold } }))).toEqual({ answer: "unknown", why });
    expect(judgeResource("s3/public-read", bucket({ untold }))).toEqual({ answer: "unknown", why });
    expect(judgeResource("s3/no-public-access-block", bucket({ untold }))).toEqual({ answer: "unknown", why });
    expect(judgeResource("sqs/public-policy", aResource("AWS::SQS::Queue", { details: { untold, publicSend: ["A"] } }))).toMatchObject({
      answer: "hit",
    });
  });

  test("is unknown where S3 calls the policy public and nobody was found; surer where both say so", () => {
    expect(judgeResource("s3/public-read", bucket({ policyIsPublic: true }))).toMatchObject(unknown);
    expect(judgeResource("s3/public-write", bucket({ policyIsPublic: true }))).toMatchObject(unknown);
    expect(judgeResource("s3/no-public-access-block", bucket({ policyIsPublic: true }))).toMatchObject(unknown);
    expect(judgeResource("s3/public-read", bucket({ policyIsPublic: true, publicAccessBlocked: allOn }))).toEqual(clear);
    expect(judgeResource("s3/public-read", bucket({ policyIsPublic: true, publicRead: ["Open"] }))).toMatchObject({ confidence: "high" });
    expect(judgeResource("s3/public-read", bucket({ policyIsPublic: false, publicRead: ["Open"] }))).toMatchObject({
      confidence: "medium",
    });
    expect(judgeResource("s3/public-read", bucket({ policyIsPublic: false, publicRead: ["ACL READ for AllUsers"] }))).toMatchObject({
      confidence: "high",
    });
  });

  test("says who everybody is, and what only settings are worth", () => {
    const queue = (details: Resource["details"]) => aResource("AWS::SQS::Queue", { details });
    const title = (details: Resource["details"]) => wordedResource("sqs/public-policy", queue(details)).title;
    expect(title({ publicSend: ["A"], publicAnonymous: ["A"] })).toMatch(/^Anybody, without credentials, may send to queue/);
    expect(title({ publicSend: ["A"], publicAnonymous: [] })).toMatch(/^Every AWS account may send to queue/);
    expect(title({ publicSend: ["A"], publicReceive: ["A"] })).toContain(" may send to and read from queue ");
    expect(title({ publicSend: ["A"], publicReceive: ["A"], publicRemove: ["A"] })).toContain(
      " may send to, read from and remove messages of queue ",
    );
    expect(judgeResource("sqs/public-policy", queue({ publicInspect: ["A"] }))).toMatchObject({ severity: "LOW" });
    expect(judgeResource("s3/public-read", bucket({ publicInspect: ["A"] }))).toMatchObject({ severity: "LOW" });
    const changed = aResource("AWS::SQS::Queue", { encryption: { atRest: "none", inTransit: "unknown" } });
    const door = { incoming: [{ from: outside.internet, kind: "may-read" as const, auth: "none" as const }] };
    expect(judgeResource("sqs/unencrypted-in-transit", changed, door)).toMatchObject(unknown);
  });
});
