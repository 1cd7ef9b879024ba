import { describe, expect, test } from "vitest";
import { operations, read } from "./reading.ts";

const sdk = `import { SQS } from "@aws-sdk/client-sqs"; import { SNS } from "@aws-sdk/client-sns";`;

describe("functions that are kept in tables", () => {
  test.each([
    ["a map", `const t = new Map(); t.set("a", (q) => q.purgeQueue({})); export const handler = (n) => t.get(n)(new SQS({}));`],
    ["an object", `const t = { a: (q) => q.purgeQueue({}) }; export const handler = (n) => t[n](new SQS({}));`],
  ])("get what they are called with out of %s", (_, program) => {
    expect(operations(read(`${sdk} ${program}`))).toEqual(["sqs.PurgeQueue"]);
  });

  test("get nothing from calls of other tables", () => {
    const program = `const t = new Map([["a", (q) => q.purgeQueue({})]]), o = new Map([["a", (n) => n.publish({})]]);
      export const handler = (n) => o.get(n)(new SNS({}));`;
    expect(operations(read(`${sdk} ${program}`))).toEqual(["sns.Publish"]);
  });

  test("may be in lists that hold what they held before", () => {
    const program = `const t = new Map(); const on = (k, f) => t.set(k, [...(t.get(k) ?? []), f]); on("a", () => new SQS({}).purgeQueue({}));
      export const handler = (k) => t.get(k).map((f) => f());`;
    expect(operations(read(`${sdk} ${program}`))).toEqual(["sqs.PurgeQueue"]);
  });
});

describe("what a class leaves to those that extend it", () => {
  test("is what they give", () => {
    const program = `class Base { run() { return this.client().purgeQueue({}); } }
      class Queue extends Base { client() { return new SQS({}); } } export const handler = () => new Queue().run();`;
    expect(operations(read(`${sdk} ${program}`))).toEqual(["sqs.PurgeQueue"]);
  });

  test("is nothing of classes that extend another one", () => {
    const program = `class Base { run() { return this.client().purgeQueue({}); } } class Other {}
      class Queue extends Other { client() { return new SQS({}); } } export const handler = () => new Base().run();`;
    expect(operations(read(`${sdk} ${program}`))).toEqual([]);
  });
});

describe("waiters", () => {
  test("that are not known are said to be open", () => {
    const summary = read(
      `import { waitUntilMoonFull } from "@aws-sdk/client-sqs"; export const handler = () => waitUntilMoonFull({}, {});`,
    );
    expect(summary.unresolved).toEqual([{ what: "what waitUntilMoonFull of sqs asks for", at: "index.mjs:1" }]);
  });

  test("ask where a minifier has put them", () => {
    const program = `import { DescribeServicesCommand } from "@aws-sdk/client-ecs"; const S = { RETRY: "RETRY" };
      const ask = async (c, i) => { let r; r = await c.send(new DescribeServicesCommand(i)); return { state: S.RETRY, reason: r }; };
      export const handler = (c) => wait({ minDelay: 15, maxDelay: 60 }, { cluster: "main" }, ask);`;
    const bundled = `${program} class C { static classBuilder() {} middlewareStack = 1; }`;
    expect(read(bundled).calls.map(({ client, operation, parameters }) => ({ client, operation, parameters }))).toMatchObject([
      { client: "ecs", operation: "DescribeServices", parameters: [{ name: "cluster" }] },
    ]);
  });
});
