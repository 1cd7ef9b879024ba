import { describe, expect, test } from "vitest";
import type { IntegrationRead, StageRead } from "../../shared/describe/api-reads.ts";
import { fn, integration, invocation, targets } from "./an-api.ts";

describe("targets of an integration", () => {
  const to = (one: Partial<IntegrationRead>) => targets(integration(one)).map((relation) => relation.to);
  const service = (uri: string, names: Record<string, string> = {}) =>
    to({ type: "AWS", uri: `arn:aws:apigateway:eu-west-1:${uri}`, names });

  test("functions in every form", () => {
    expect(to({})).toEqual([fn]);
    expect(to({ uri: invocation(`${fn}:live`) })).toEqual([fn]);
    expect(to({ uri: `arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/${fn}:7/response-streaming-invocations` })).toEqual([
      fn,
    ]);
    expect(to({ uri: `${fn}:live` })).toEqual([fn]);
  });

  test("stage variables, per stage that defines them, are inferred", () => {
    const stages: StageRead[] = [
      { name: "prod", variables: { fn: "orders", alias: "live" } },
      { name: "test", variables: { fn: "orders-test", alias: "test" } },
      { name: "bare", variables: {} },
    ];
    const found = targets(
      integration({ uri: invocation(`arn:aws:lambda:eu-west-1:111122223333:function:\${stageVariables.fn}:\${stageVariables.alias}`) }),
      { stages },
    );
    expect(found.map(({ to, inferred, evidence }) => [to, inferred, evidence])).toEqual([
      [fn, true, "apigateway:GetResources, integration of stage prod"],
      [`${fn}-test`, true, "apigateway:GetResources, integration of stage test"],
    ]);
    expect(targets(integration({ uri: invocation(`\${stageVariables.fn}`) }), { stages })[0]?.to).toBe(fn);
  });

  test("services of AWS", () => {
    const arn = (rest: string) => `arn:aws:${rest}`;
    expect(service("sqs:path/111122223333/jobs")).toEqual([arn("sqs:eu-west-1:111122223333:jobs")]);
    expect(service("sqs:action/SendMessage", { QueueUrl: "https://sqs.us-east-1.amazonaws.com/111122223333/jobs" })).toEqual([
      arn("sqs:us-east-1:111122223333:jobs"),
    ]);
    expect(service("kinesis:action/PutRecord", { StreamName: "clicks" })).toEqual([arn("kinesis:eu-west-1:111122223333:stream/clicks")]);
    expect(service("kinesis:action/PutRecord", { StreamName: "*" })).toEqual([arn("kinesis:eu-west-1:111122223333:stream/*")]);
    expect(service("dynamodb:action/PutItem", { TableName: "orders" })).toEqual([arn("dynamodb:eu-west-1:111122223333:table/orders")]);
    expect(service("events:action/PutEvents")).toEqual([arn("events:eu-west-1:111122223333:event-bus/default")]);
    expect(service("sns:action/Publish", { TopicArn: arn("sns:eu-west-1:111122223333:news") })).toEqual([
      arn("sns:eu-west-1:111122223333:news"),
    ]);
    expect(service("s3:path/pictures/{key}")).toEqual([arn("s3:::pictures")]);
    expect(service("s3:path/{bucket}/{key}")).toEqual([arn("s3:::*")]);
    expect(service("pictures.s3:path/{key}")).toEqual([arn("s3:::pictures")]);
    expect(service("states:action/StartExecution", { stateMachineArn: arn("states:eu-west-1:111122223333:stateMachine:pay") })).toEqual([
      arn("states:eu-west-1:111122223333:stateMachine:pay"),
    ]);
    const { uri: _, ...withoutUri } = integration({
      subtype: "SQS-SendMessage",
      names: { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs" },
    });
    expect(targets(withoutUri).map((relation) => relation.to)).toEqual([arn("sqs:eu-west-1:111122223333:jobs")]);
  });

  test("a mapped placeholder, and the account and stage that a template leaves to API Gateway", () => {
    expect(service("s3:path/{bucket}/{key}", { "{bucket}": "uploads" })).toEqual(["arn:aws:s3:::uploads"]);
    expect(service("sqs:path/{account}/{queue}", { "{account}": `\${context.accountId}`, "{queue}": "jobs" })).toEqual([
      "arn:aws:sqs:eu-west-1:111122223333:jobs",
    ]);
    const stateMachineArn = `arn:aws:states:eu-west-1:\${context.accountId}:stateMachine:pay-\${context.stage}`;
    expect(service("states:action/StartExecution", { stateMachineArn })).toEqual([
      "arn:aws:states:eu-west-1:111122223333:stateMachine:pay-prod",
    ]);
  });

  test("VPC links lead to load balancers, proxies to hosts, mocks nowhere", () => {
    expect(to({ type: "HTTP_PROXY", uri: "https://inner/", throughVpcLink: true, vpcLinkId: "vl1" })[0]).toContain(
      "loadbalancer/net/inner",
    );
    const listener = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/inner/50dc/0467";
    expect(to({ type: "HTTP_PROXY", uri: listener, throughVpcLink: true })).toEqual([listener]);
    expect(to({ type: "HTTP_PROXY", uri: "https://abc.lambda-url.eu-west-1.on.aws/{proxy}" })).toEqual([
      "https://abc.lambda-url.eu-west-1.on.aws/",
    ]);
    expect(to({ type: "MOCK" })).toEqual([]);
  });
});
