import { expect, test } from "vitest";
import { redactAnswer } from "../../shared/aws/redact.ts";

test("a recording keeps of IoT rules only what they start", () => {
  const rule = {
    ruleName: "in",
    sql: "SELECT 'hidden'",
    actions: [
      { lambda: { functionArn: "arn:f" } },
      { http: { url: "https://hooks.example/hidden", headers: [{ key: "k", value: "hidden" }] } },
      { dynamoDBv2: { roleArn: "r", putItem: { tableName: "t" } } },
    ],
  };
  const answer = redactAnswer("iot:GetTopicRule", { rule });
  expect(JSON.stringify(answer)).not.toContain("hidden");
  expect(answer.rule).toEqual({
    ruleName: "in",
    actions: [{ lambda: { functionArn: "arn:f" } }, { http: {} }, { dynamoDBv2: { putItem: { tableName: "t" } } }],
  });
});

test("descriptions of secrets and parameters, and properties of web functions, are dropped", () => {
  const secret = redactAnswer("secretsmanager:ListSecrets", { SecretList: [{ Name: "db", Description: "hidden" }], NextToken: "2" });
  expect(secret).toEqual({ SecretList: [{ Name: "db" }], NextToken: "2" });
  const parameter = redactAnswer("ssm:DescribeParameters", { Parameters: [{ Name: "p", AllowedPattern: "hidden" }] });
  expect(parameter).toEqual({ Parameters: [{ Name: "p" }] });
  const Properties = JSON.stringify({ FunctionName: "site", Environment: "hidden" });
  const web = redactAnswer("cloudformation:ListResources", { ResourceDescriptions: [{ Identifier: "site", Properties }] });
  expect(web).toEqual({ ResourceDescriptions: [{ Identifier: "site", Properties: '{"FunctionName":"site"}' }] });
});
