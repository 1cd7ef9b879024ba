import { describe, expect, test } from "vitest";
import { operations, read } from "./reading.ts";

/** What is left of the SDK by a minifier: clients, what makes commands, and a use of the middleware stack by which it is known. */
const sdk = `
class K { static classBuilder() {} }
var make = (parameters, service, client, plugin) => (ep, mw, operation, schema) => class { middlewareStack = []; };
var c = make({}, "AmazonSQS", "SQSClient", p);
var Q = class extends Base { constructor(e) { super(e); this.middlewareStack.use(p(this.config)); } };
var S = class extends c(x, y, "SendMessage", z) {};
var D = class extends c(x, y, "DeleteMessage", z) {};
var P = class extends c(x, y, "PurgeQueue", z) {};
`;

describe("in a bundle with the SDK inside", () => {
  test("what nothing that runs names asks for nothing", () => {
    const summary = read(`${sdk} function f(q) { q.send(new S({})); } function g(q) { q.send(new P({})); }
      var h = async () => f(new Q({})); module.exports = { handler: h };`);
    expect(operations(summary)).toEqual(["sqs.SendMessage"]);
  });

  test("what is named further down, in a default and under another name is named", () => {
    const summary = read(`${sdk} var t = (q, w = u) => w(q); exports.handler = () => t(new Q({}));
      var u = (q) => { const { d } = { d: v }; return d(q); }; var v = (q) => q.send(new D({}));`);
    expect(operations(summary)).toEqual(["sqs.DeleteMessage"]);
  });

  test("modules of a table count when one that runs loads them", () => {
    const summary = read(`${sdk} var t = {
        12(m, e) { e.send = (q) => q.send(new S({})); }, 13(m, e) { e.purge = (q) => q.send(new P({})); },
        14(m, e, r) { const a = r(12); e.handler = () => a.send(new Q({})); } }, n = {};
      function r(e) { var m = n[e] = { exports: {} }; t[e](m, m.exports, r); return m.exports; }
      module.exports = r(14);`);
    expect(operations(summary)).toEqual(["sqs.SendMessage"]);
  });

  test("of a namespace counts what is taken out of it, or all of it where it is given away", () => {
    const listed = `${sdk} var n = {}; list(n, { one: () => o, two: () => w });
      function o(q) { q.send(new S({})); } function w(q) { q.send(new D({})); }`;
    expect(operations(read(`${listed} exports.handler = () => n.one(new Q({}));`))).toEqual(["sqs.SendMessage"]);
    expect(operations(read(`${listed} module.exports = wrapped(n);`))).toEqual(["sqs.DeleteMessage", "sqs.SendMessage"]);
  });

  test("modules that are filled when they are first needed are looked at from there", () => {
    const summary =
      read(`${sdk} var a, b, i = lazy(() => { a = class { run(q) { return q.send(new S({})); } }; b = (q) => q.send(new P({})); });
      exports.handler = () => { i(); return new a().run(new Q({})); };`);
    expect(operations(summary)).toEqual(["sqs.SendMessage"]);
  });

  test("everything counts where nothing that runs would call anything", () => {
    expect(operations(read(`${sdk} function f(q) { q.send(new S({})); }`))).toEqual(["sqs.SendMessage"]);
  });
});
