import { expect, test } from "vitest";
import { operations, read } from "./reading.ts";

const provider = `class P extends B { async getParametersBatchByName() { return this.client.send(new GetParametersCommand({})); }
  get(n) { return this.client.send(new GetParameterCommand({ Name: n })); } }
  var { GetParameterCommand, GetParametersCommand } = require("@aws-sdk/client-ssm"); var m = {};`;

test("functions of Powertools ask for what they are for, and those that nobody calls for nothing", () => {
  const functions = `const g = (n, o) => { if (!Object.hasOwn(d.DEFAULT_PROVIDERS, 'ssm')) { d.DEFAULT_PROVIDERS.ssm = new providers_js_1.SSMProvider_of_parameters(); }
      return d.DEFAULT_PROVIDERS.ssm.get(n, o); };
    const s = (n, o) => { if (!Object.hasOwn(d.DEFAULT_PROVIDERS, 'ssm')) { d.DEFAULT_PROVIDERS.ssm = new providers_js_1.SSMProvider_of_parameters(); }
      return d.DEFAULT_PROVIDERS.ssm.set(n, o); }; var d = { DEFAULT_PROVIDERS: {} }, providers_js_1 = { SSMProvider_of_parameters: P };`;
  expect(operations(read(`${provider} ${functions} exports.handler = () => g("/a");`))).toEqual(["ssm.GetParameter"]);
});

test("one that a minifier put into a function of the program does not hide what that function asks for", () => {
  const program = `var { S3 } = require("@aws-sdk/client-s3"), c = new S3({});
    exports.handler = async e => { await (async () => (e = "/a", Object.hasOwn(m, "ssm") || (m.ssm = new P), m.ssm.get(e)))(); return c.listObjectsV2({ Bucket: "a" }); };`;
  expect(operations(read(`${provider} ${program}`))).toContain("s3.ListObjectsV2");
});

test("a client behind a proxy is used like the client", () => {
  const program = `const { SQS } = require("@aws-sdk/client-sqs"); const q = new Proxy(new SQS({}), { get: (t, k) => t[k] }); exports.handler = () => q.purgeQueue({});`;
  expect(operations(read(program))).toEqual(["sqs.PurgeQueue"]);
});
