import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMetricRead } from "../../shared/aws/recording.ts";
import { redactAnswer, UnknownAnswerError } from "../../shared/aws/redact.ts";
import { wholeAnswers } from "../../shared/aws/whole-answers.ts";

const root = join(import.meta.dirname, "../..");
/** Prefix of operations by package, where it is not the package's own name. */
const prefixes: Readonly<Record<string, string>> = {
  "api-gateway": "apigateway",
  cloudcontrol: "cloudformation",
  "cloudwatch-logs": "logs",
  "cognito-identity": "cognito-identity",
  "cognito-identity-provider": "cognito-idp",
  "elastic-load-balancing-v2": "elasticloadbalancing",
  eventbridge: "events",
  "resource-groups-tagging-api": "tag",
  sfn: "states",
  "vpc-lattice": "vpc-lattice",
};

/** Every operation that a collector, or the reading of code, can call, as `service:Operation`. */
function operationsOfCollectors(): string[] {
  const found = new Set<string>();
  for (const file of globSync("shared/{collect,artifacts}/**/*.ts", { cwd: root })) {
    const text = readFileSync(join(root, file), "utf8");
    for (const [, names = "", name = ""] of text.matchAll(/import (?:type )?\{([^}]*)\} from "@aws-sdk\/client-([a-z0-9-]+)"/g)) {
      const prefix = prefixes[name] ?? name.replaceAll("-", "");
      for (const [, operation] of names.matchAll(/(\w+)Command\b/g)) found.add(`${prefix}:${operation}`);
    }
  }
  return [...found].toSorted();
}

const operations = operationsOfCollectors().filter((operation) => !isMetricRead({ operation, region: "", input: {} }));

describe("the recording of answers", () => {
  test("has a word about every operation that a collector calls", () => {
    expect(operations.length).toBeGreaterThan(80);
    const unknown = operations.filter((operation) => {
      try {
        redactAnswer(operation, {});
        return false;
      } catch (error) {
        return error instanceof UnknownAnswerError;
      }
    });
    expect(unknown, "give each a word in shared/aws/whole-answers.ts or redact.ts").toEqual([]);
  });

  test("has no word too many: what nobody calls would be recorded whole one day", () => {
    expect([...wholeAnswers].filter((operation) => !operations.includes(operation))).toEqual([]);
  });

  test("keeps nothing of an operation that it does not know", () => {
    expect(() => redactAnswer("ssm:GetParameter", { Parameter: { Value: "hunter2" } })).toThrow(UnknownAnswerError);
  });

  const secret = "hunter2";
  test.each<[string, Record<string, unknown>, string[]]>([
    [
      "states:DescribeStateMachine",
      {
        definition: JSON.stringify({
          StartAt: "Call",
          Comment: secret,
          States: {
            Call: {
              Type: "Task",
              Resource: "arn:aws:states:::lambda:invoke",
              Parameters: { FunctionName: "orders", Payload: { token: secret, Next: secret } },
              Assign: { password: secret },
              Next: "Done",
            },
            Done: { Type: "Pass", Result: { key: secret } },
          },
        }),
      },
      ["orders", "arn:aws:states:::lambda:invoke", "Done"],
    ],
    ["cloudformation:DescribeStacks", { Stacks: [{ StackName: "s", Outputs: [{ OutputValue: secret }], Parameters: [secret] }] }, ["s"]],
    ["lambda:GetFunctionConfiguration", { FunctionName: "f", Environment: { Variables: { TOKEN: secret } } }, ["TOKEN"]],
    ["lambda:ListVersionsByFunction", { Versions: [{ Version: "7", Environment: { Variables: { TOKEN: secret } } }] }, ["7"]],
    ["lambda:ListEventSourceMappings", { EventSourceMappings: [{ UUID: "u", FilterCriteria: { Filters: [secret] } }] }, ["u"]],
    ["sns:ListSubscriptions", { Subscriptions: [{ Protocol: "email", Endpoint: `${secret}@example.com` }] }, ["email"]],
    [
      "sns:ListSubscriptions",
      { Subscriptions: [{ Endpoint: `https://hooks.example.com/${secret}?key=${secret}` }] },
      ["hooks.example.com"],
    ],
    ["cognito-idp:DescribeUserPool", { UserPool: { Id: "p", EmailConfiguration: { From: secret } } }, ["p"]],
    ["cloudwatch:DescribeAlarms", { MetricAlarms: [{ AlarmName: "a", AlarmDescription: secret }] }, ["a"]],
    [
      "appsync:ListDataSources",
      { dataSources: [{ name: "d", httpConfig: { endpoint: `https://api.example.com/${secret}` } }] },
      ["api.example.com"],
    ],
    [
      "firehose:DescribeDeliveryStream",
      {
        DeliveryStreamDescription: {
          DeliveryStreamName: "d",
          Destinations: [{ HttpEndpointDestinationDescription: { RoleARN: "r", RequestConfiguration: { CommonAttributes: [secret] } } }],
        },
      },
      ["d", "r"],
    ],
    [
      "elasticloadbalancing:DescribeRules",
      { Rules: [{ RuleArn: "r", Actions: [{ AuthenticateOidcConfig: { ClientSecret: secret } }] }] },
      ["r"],
    ],
  ])("of %s keeps no secret", (operation, answer, kept) => {
    const text = JSON.stringify(redactAnswer(operation, answer));
    expect(text).not.toContain(secret);
    for (const one of kept) expect(text).toContain(one);
  });
});
