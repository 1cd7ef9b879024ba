import { describe, expect, test } from "vitest";
import { operations, read } from "./reading.ts";

/** What esbuild writes around a CommonJS module, minified. */
const wrap = "var w=(a,b)=>()=>(b||a((b={exports:{}}).exports,b),b.exports);";

describe("a module that esbuild wrapped", () => {
  test("gives what it puts into its exports, and what it makes its exports", () => {
    const summary = read(`${wrap}
      var a = w((e) => { var { SQSClient: S, SendMessageCommand: M } = require("@aws-sdk/client-sqs"); var c = new S({}); e.tell = (C) => c.send(new C({})); e.M = M; });
      var b = w((e, t) => { var { tell: f, M: g } = a(); class K { constructor(x) { this.x = x; } go() { return this.x.listTopics({}); } } t.exports = { K, run: () => f(g) }; });
      var { SNS: N } = require("@aws-sdk/client-sns"), { K: k, run: r } = b();
      exports.handler = async () => { await r(); await new k(new N({})).go(); };`);
    expect(operations(summary)).toEqual(["sns.ListTopics", "sqs.SendMessage"]);
  });

  test("is not taken for another function that is handed over", () => {
    const summary = read(`import { S3 } from "@aws-sdk/client-s3";
      const later = timed((e) => { e.seen = true; return new S3({}); });
      export const handler = () => later().seen.listBuckets({});`);
    expect(operations(summary)).toEqual([]);
  });
});

test("a function is called by every name that it is given to others under", () => {
  const summary = read(`import { KMSClient, DecryptCommand, EncryptCommand } from "@aws-sdk/client-kms";
    const d = (c, C) => c.send(new C({})); const other = (c, C) => new C({});
    const given = { call: d, else: other }; const { call: w } = given; const v = w;
    export const handler = () => [w(new KMSClient({}), DecryptCommand), v(new KMSClient({}), EncryptCommand)];`);
  expect(operations(summary)).toEqual(["kms.Decrypt", "kms.Encrypt"]);
});

describe("what is put into collections comes out", () => {
  test("of maps, sets and the parts of objects", () => {
    const summary =
      read(`import { EC2Client, StartInstancesCommand, StopInstancesCommand, RebootInstancesCommand, DescribeImagesCommand } from "@aws-sdk/client-ec2";
      const ec2 = new EC2Client({}); const map = new Map([["start", StartInstancesCommand]]); map.set("stop", StopInstancesCommand);
      export const handler = async ({ action }) => {
        await ec2.send(new (map.get(action))({}));
        for (const Command of new Set([RebootInstancesCommand])) await ec2.send(new Command({}));
        for (const [, Command] of Object.entries({ images: DescribeImagesCommand })) await ec2.send(new Command({}));
      };`);
    expect(operations(summary)).toEqual(["ec2.DescribeImages", "ec2.RebootInstances", "ec2.StartInstances", "ec2.StopInstances"]);
  });

  test("and not of what only has methods of the same names", () => {
    const summary = read(`import { SQSClient, PurgeQueueCommand } from "@aws-sdk/client-sqs"; import { Cache } from "cache";
      const cache = new Cache([["a", PurgeQueueCommand]]); export const handler = () => new SQSClient({}).send(new (cache.get("a"))({}));`);
    expect(operations(summary)).toEqual([]);
  });
});

describe("private members", () => {
  test("are others than members of the same name", () => {
    const summary = read(`import { SNS } from "@aws-sdk/client-sns";
      class Clients { static #sns; static get sns() { if (!Clients.#sns) Clients.#sns = new SNS({}); return Clients.#sns; } }
      export const handler = () => Clients.sns.publish({ TopicArn: process.env.TOPIC });`);
    expect(operations(summary)).toEqual(["sns.Publish"]);
  });

  test("are followed through what compilers make of them", () => {
    const summary = read(`var _A_sns, _a; const { SNS } = require("@aws-sdk/client-sns"); const { SQS } = require("@aws-sdk/client-sqs");
      var slot = new WeakMap(); _A_sns = { value: undefined };
      class A { constructor() { init(this, slot, undefined); set(this, slot, new SQS({})); set(_a, _a, new SNS({}), "f", _A_sns); }
        tell() { return get(slot, this).sendMessage({}); } say() { return get(this, _a, "f", _A_sns).publish({}); } }
      exports.handler = () => [new A().tell(), new A().say()];`);
    expect(operations(summary)).toEqual(["sns.Publish", "sqs.SendMessage"]);
  });
});

test("a client named at run time has the methods that it can have, and no other", () => {
  const summary = read(`const AWS = require("aws-sdk"); const aws = (name) => new AWS[name]();
    exports.handler = () => [aws("SSM").getParameter({}).promise(), aws("S3").putObject({}).promise()];`);
  expect(operations(summary)).toEqual(["s3.PutObject", "ssm.GetParameter"]);
});

test("what is only matched by the name of a member must be an operation that is known", () => {
  const program = (method: string) =>
    read(
      `import { SQS } from "@aws-sdk/client-sqs"; const holder = {}; holder.c = new SQS({}); export const handler = (event) => require("./" + event).c.${method}({});`,
    );
  expect(operations(program("sparkle"))).toEqual([]);
});

describe("what is handed over arrives", () => {
  test("in the constructor of the class that another one extends, called or not", () => {
    const summary = read(`import { SNS } from "@aws-sdk/client-sns"; import { SQS } from "@aws-sdk/client-sqs";
      class Sender { constructor(client) { this.client = client; } tell() { return this.client.publish({}); } }
      class Loud extends Sender {}
      class Queued { constructor(client) { this.client = client; } put() { return this.client.sendMessage({}); } }
      class Late extends Queued { constructor() { super(new SQS({})); } }
      export const handler = () => [new Loud(new SNS({})).tell(), new Late().put()];`);
    expect(operations(summary)).toEqual(["sns.Publish", "sqs.SendMessage"]);
  });

  test("in a function that is kept and called later", () => {
    const summary = read(`import { SQS } from "@aws-sdk/client-sqs";
      class Container { made = new Map(); constructor() { this.client = new SQS({}); }
        bind(key, factory) { this.made.set(key, factory); } get(key) { const factory = this.made.get(key); return factory(this); } }
      class Service { constructor(queue) { this.queue = queue; } go() { return this.queue.purgeQueue({}); } }
      const container = new Container(); container.bind("service", (c) => new Service(c.client));
      export const handler = () => container.get("service").go();`);
    expect(operations(summary)).toEqual(["sqs.PurgeQueue"]);
  });

  test("out of the state machine that a compiler made of an asynchronous function", () => {
    const summary = read(`var EC2 = require("@aws-sdk/client-ec2").EC2;
      function make() { return __awaiter(this, void 0, void 0, function () { return __generator(this, function (_a) { return [2 /*return*/, new EC2({})]; }); }); }
      exports.handler = function () { return __awaiter(this, void 0, void 0, function () { var ec2; return __generator(this, function (_a) {
        switch (_a.label) { case 0: return [4 /*yield*/, make()]; case 1: ec2 = _a.sent(); return [2, ec2.describeRegions({})]; } }); }); };`);
    expect(operations(summary)).toEqual(["ec2.DescribeRegions"]);
  });
});

test("methods of lists, and methods of the program's own class beside a client, are no operations", () => {
  const summary = read(`import { SQS } from "@aws-sdk/client-sqs";
    class Own { settle() {} } const either = flag ? new SQS({}) : new Own();
    export const handler = () => [either.settle(), new SQS({}).map((x) => x)];`);
  expect(operations(summary)).toEqual([]);
});
