import { expect, test } from "vitest";
import { actionOf } from "../../shared/data/action-table.ts";
import type { SdkCall } from "../../shared/model/code.ts";
import { codeNeed } from "../../shared/permissions/need-code.ts";
import { anywhere, noEnvironment } from "../../shared/permissions/need-request.ts";
import { aCall, aSummary, aText } from "./a-call.ts";

const place = { partition: "aws", region: "eu-west-1", account: "111122223333" };

function needed(...calls: readonly SdkCall[]): string[] {
  return codeNeed(aSummary(calls), { place, environment: noEnvironment, source: "code" }).needs.map(
    ({ action, resources }) => `${action} ${resources.join(", ")}`,
  );
}

const machine = "arn:aws:states:eu-west-1:111122223333:stateMachine:ship";
test.each([
  [
    "the records of a stream, by an iterator of it",
    [
      aCall("dynamodbstreams:GetShardIterator", { StreamArn: aText("$STREAM") }),
      aCall("dynamodbstreams:GetRecords", { ShardIterator: "*" }),
    ],
    `dynamodb:GetRecords ${noEnvironment.unknown("STREAM")}`,
  ],
  [
    "the records of a stream by name",
    [aCall("kinesis:GetShardIterator", { StreamName: "clicks" }), aCall("kinesis:GetRecords")],
    "kinesis:GetRecords arn:aws:kinesis:eu-west-1:111122223333:stream/clicks",
  ],
  [
    "a query that was started in a workgroup",
    [aCall("athena:StartQueryExecution", { WorkGroup: "bi" }), aCall("athena:GetQueryExecution", { QueryExecutionId: "*" })],
    "athena:GetQueryExecution arn:aws:athena:eu-west-1:111122223333:workgroup/bi",
  ],
  [
    "its results, which lie below where they were told to be put",
    [aCall("athena:StartQueryExecution", { OutputLocation: "s3://out/q/" }), aCall("athena:GetQueryResults")],
    "s3:GetObject arn:aws:s3:::out/q/*",
  ],
  [
    "an execution of the state machine that was started",
    [aCall("sfn:StartExecution", { stateMachineArn: machine }), aCall("sfn:StopExecution", { executionArn: aText("?") })],
    "states:StopExecution arn:aws:states:eu-west-1:111122223333:execution:ship:*",
  ],
])("%s", (_, calls, expected) => {
  expect(needed(...calls)).toContain(expected);
});

test("by a handle from elsewhere, or from a call that names nothing, may be about anything", () => {
  expect(needed(aCall("kinesis:GetRecords"))).toEqual(["kinesis:GetRecords arn:aws:kinesis:eu-west-1:111122223333:stream/*"]);
  expect(
    needed(aCall("kinesis:GetShardIterator", { StreamName: "clicks" }), aCall("kinesis:GetShardIterator"), aCall("kinesis:GetRecords")),
  ).toContain("kinesis:GetRecords arn:aws:kinesis:eu-west-1:111122223333:stream/*");
});

test("a variable that holds an ARN, by its own name or its member's, is the resource itself", () => {
  const { needs } = codeNeed(
    aSummary([
      aCall("sns:Publish", { TopicArn: aText("$TOPIC") }),
      aCall("kms:Encrypt", { KeyId: aText("$KEY_ARN") }),
      aCall("kinesis:PutRecord", { StreamName: aText("$STREAM") }),
    ]),
    { place: anywhere, environment: noEnvironment, source: "code" },
  );
  expect(needs.flatMap(({ source, resources }) => (source === "code" ? [resources.join()] : []))).toEqual([
    noEnvironment.unknown("TOPIC"),
    noEnvironment.unknown("KEY_ARN"),
    `arn:aws:kinesis:*:*:stream/${noEnvironment.unknown("STREAM")}`,
  ]);
});

test.each([
  ["s3:PutObject", { Bucket: "b", Key: `in/\${filename}` }, "arn:aws:s3:::b/in/*"],
  ["ses:SendTemplatedEmail", { Source: "a@x.example", Template: "hi" }, "arn:aws:ses:*:*:template/hi"],
  ["wafv2:GetIPSet", { Name: "n", Id: "i", Scope: "REGIONAL" }, "arn:aws:wafv2:*:*:regional/ipset/n/i"],
  ["autoscaling:SetDesiredCapacity", { AutoScalingGroupName: "g" }, "arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/g"],
  ["secretsmanager:BatchGetSecretValue", { SecretIdList: "a" }, "arn:aws:secretsmanager:*:*:secret:a-??????"],
  ["ssm:SendCommand", { DocumentName: "AWS-RunShellScript" }, "arn:aws:ec2:*:*:instance/*"],
  ["ssm:SendCommand", { DocumentName: "AWS-RunShellScript", InstanceIds: "i-1" }, "arn:aws:ssm:*:*:document/AWS-RunShellScript"],
  ["apigateway:GetApiKeys", {}, "arn:aws:apigateway:*::/apikeys"],
  ["rdsdb:connect", { DBUsername: "app" }, "arn:aws:rds-db:*:*:dbuser:*/app"],
  [
    "cloudfrontkeyvaluestore:PutKey",
    { KvsARN: "arn:aws:cloudfront::111122223333:key-value-store/s" },
    "arn:aws:cloudfront::111122223333:key-value-store/s",
  ],
  ["athena:StartQueryExecution", { QueryString: "?", Database: "shop" }, "arn:aws:glue:*:*:table/shop/*"],
  ["lambda:UpdateFunctionCode", { FunctionName: "f", S3Bucket: "b", S3Key: "f.zip" }, "arn:aws:s3:::b/f.zip"],
])("%s of %j is about %s", (call, members, resource) => {
  const { needs } = codeNeed(aSummary([aCall(call, members)]), { place: anywhere, environment: noEnvironment, source: "code" });
  expect(needs.flatMap(({ resources }) => resources)).toContain(resource);
  expect(needs.every(({ action }) => actionOf(action))).toBe(true);
});
