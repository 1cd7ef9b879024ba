import { describe, expect, test } from "vitest";
import {
  accountOf,
  besideArn,
  bucketArnOf,
  functionArnOf,
  isArnOf,
  lambdaNameOf,
  lastPieceOf,
  parseArn,
  resourcePartOf,
  scheduleGroupOf,
  serviceOf,
  tableArnOf,
} from "../../shared/model/arn.ts";

const orders = "arn:aws-cn:lambda:cn-north-1:111122223333:function:orders";
const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";

/** What stands where ARNs are expected and is none. */
const none = ["", "*", "internet", "service:sqs.amazonaws.com", "arn:aws:sqs", "https://a.b/c:d", "arn::sqs:eu-west-1:111122223333:q"];

describe("an ARN", () => {
  test("is taken apart, with whatever colons its name has", () => {
    expect(parseArn("arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:a:b")).toEqual({
      partition: "aws-us-gov",
      service: "states",
      region: "us-gov-west-1",
      account: "111122223333",
      resource: "stateMachine:a:b",
    });
    expect(parseArn("arn:aws:s3:::bucket")).toMatchObject({ region: "", account: "", resource: "bucket" });
  });

  test("is asked for its service, account and name", () => {
    expect([serviceOf(table), accountOf(table), resourcePartOf(table), lastPieceOf(table)]).toEqual([
      "dynamodb",
      "111122223333",
      "table/orders",
      "orders",
    ]);
    expect(accountOf("arn:aws:iam::aws:policy/ReadOnlyAccess")).toBe("aws");
    expect(accountOf("arn:aws:s3:::bucket")).toBe("");
  });

  test("is of a service, and of a kind within it", () => {
    expect(isArnOf("arn:aws:events:eu-west-1:111122223333:rule/nightly", "events", "rule/")).toBe(true);
    expect(isArnOf("arn:aws:events:eu-west-1:111122223333:event-bus/rule/", "events", "rule/")).toBe(false);
    expect(isArnOf("arn:aws:sns:eu-west-1:111122223333:events", "events")).toBe(false);
  });

  test("has others beside it in the same place", () => {
    expect(besideArn(orders, "ec2", "vpc/vpc-1")).toBe("arn:aws-cn:ec2:cn-north-1:111122223333:vpc/vpc-1");
    expect(besideArn("arn:aws:iam::111122223333:role/a", "iam", "role/team/b")).toBe("arn:aws:iam::111122223333:role/team/b");
  });

  test.each(none)("is not %j, and nothing is read out of it", (text) => {
    expect([parseArn(text), serviceOf(text), accountOf(text), functionArnOf(text)]).toEqual(Array(4).fill(undefined));
    expect(resourcePartOf(text)).toBe("");
    expect(isArnOf(text, "sqs")).toBe(false);
  });
});

describe("the ARN of a function", () => {
  test.each(["", ":live", ":7", ":$LATEST"])("is found behind the qualifier %j", (qualifier) => {
    expect(functionArnOf(orders + qualifier)).toBe(orders);
    expect(lambdaNameOf(orders + qualifier)).toEqual({ name: "orders", ...(qualifier ? { qualifier: qualifier.slice(1) } : {}) });
  });

  test("is not that of a layer, which has a name and a version too", () => {
    const layer = "arn:aws:lambda:eu-west-1:111122223333:layer:tools:3";
    expect(functionArnOf(layer)).toBeUndefined();
    expect(lambdaNameOf(layer)).toEqual({ name: "tools", qualifier: "3" });
    expect(lambdaNameOf(table)).toEqual({});
  });
});

test("what stands inside another thing leads to it", () => {
  expect(tableArnOf(`${table}/index/by-day`)).toBe(table);
  expect(tableArnOf(`${table}/stream/2026-01-01T00:00:00.000`)).toBe(table);
  expect(tableArnOf(table)).toBe(table);
  expect(bucketArnOf("arn:aws:s3:::bucket/a/b*")).toBe("arn:aws:s3:::bucket");
  expect(scheduleGroupOf("arn:aws:scheduler:eu-west-1:111122223333:schedule/nightly/report")).toBe("nightly");
  expect(scheduleGroupOf(table)).toBeUndefined();
});
