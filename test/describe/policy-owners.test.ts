import { expect, test } from "vitest";
import { describeAccess } from "../../shared/describe/function-access.ts";
import { describeQueue } from "../../shared/describe/queue.ts";
import { describeTopic } from "../../shared/describe/topic.ts";
import { exposureOf } from "../../shared/graph/exposure.ts";
import { fn, now, open, place, policy } from "./a-policy.ts";

const readAt = now.toISOString();
const queue = "arn:aws:sqs:eu-west-1:111122223333:orders";
const topic = "arn:aws:sns:eu-west-1:111122223333:news";
const ofService = (Service: string, Condition?: object) => ({ Principal: { Service }, ...(Condition ? { Condition } : {}) });

test("a queue that a topic of another account feeds is open to that account; for anybody's topics it is a deputy", () => {
  const read = (more: object) =>
    describeQueue({ arn: queue, name: "orders" }, { value: { Policy: policy(open("sqs:SendMessage", more)) }, readAt }, place);
  const theirs = { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:444455556666:news" } };
  expect(read(ofService("sns.amazonaws.com", theirs)).relations).toMatchObject([
    { from: "account:444455556666", to: queue, auth: "cross-account" },
  ]);
  const anybodys = read(ofService("sns.amazonaws.com"));
  expect(anybodys.relations).toEqual([]);
  expect(anybodys.resource?.details?.deputyStatements).toEqual(["Open: sns.amazonaws.com"]);
});

test("whoever may subscribe any https address reads a topic; an address of a company is its own", () => {
  const subscribers = (Condition: object) =>
    describeTopic(topic, { value: { Policy: policy(open("sns:Subscribe", { Condition })) }, readAt }, [], place).resource?.details
      ?.publicSubscribe;
  for (const endpoint of ["https://*", "*", "https://*.amazonaws.com/*", "*example.com", "*@gmail.com", "+1*"]) {
    expect(subscribers({ StringLike: { "sns:Endpoint": endpoint } }), endpoint).toEqual(["Open"]);
  }
  for (const endpoint of ["*@example.com", "https://*.example.com/*", "https://hooks.example.com/*", "ops@example.com"]) {
    expect(subscribers({ StringLike: { "sns:Endpoint": endpoint } }), endpoint).toEqual([]);
  }
  expect(subscribers({ StringEquals: { "sns:Protocol": "sqs" } })).toEqual(["Open"]);
});

test("two functions with the same pattern of sources have nothing to do with each other", () => {
  const other = fn.replace("orders", "theirs");
  const access = (arn: string, owner: string) => {
    const any = { ArnLike: { "AWS:SourceArn": "arn:aws:s3:::*" }, StringEquals: { "AWS:SourceAccount": owner } };
    const statement = open("lambda:InvokeFunction", { ...ofService("s3.amazonaws.com", any), Resource: arn });
    const read = { arn, name: "f", aliases: [], policies: [{ policy: policy(statement) }], urls: [], invokeConfigurations: [], unread: [] };
    return describeAccess(read, place).flatMap(({ relations }) => relations);
  };
  const exposure = exposureOf([...access(fn, "111122223333"), ...access(other, "444455556666")]);
  expect(exposure(fn).level).toBe("internal");
  expect(exposure(other).level).toBe("cross-account");
});

test("who may put code into a function, or read it, is told, though he may not call it", () => {
  const details = (Action: string, Principal: unknown) => {
    const statement = open(Action, { Principal, Resource: fn });
    const read = {
      arn: fn,
      name: "orders",
      aliases: [],
      policies: [{ policy: policy(statement) }],
      urls: [],
      invokeConfigurations: [],
      unread: [],
    };
    return describeAccess(read, place)[0]?.resource?.details;
  };
  const anybody = { publicStatements: ["Open"], takeoverStatements: ["Open"], publicMay: ["take over"] };
  expect(details("lambda:UpdateFunctionCode", "*")).toMatchObject(anybody);
  expect(details("lambda:AddPermission", "*")).toMatchObject(anybody);
  expect(details("lambda:GetFunction", { AWS: "444455556666" })).toMatchObject({ crossAccountMay: ["read"], publicStatements: [] });
});
