import { expect, test } from "vitest";
import { operations, read } from "./reading.ts";

/** A table of modules as webpack 5 writes and minifies it, with the function that loads them. */
function bundle(modules: string, entry: string): string {
  return `(()=>{var e={${modules}};const t={};function n(r){const o=t[r];if(void 0!==o)return o.exports;const s=t[r]={exports:{}};return e[r].call(s.exports,s,s.exports,n),s.exports}${entry}})();`;
}

const outside = `569(e){e.exports=require("@aws-sdk/client-kinesis")},518(e){e.exports=require("@aws-sdk/client-lambda")}`;

test("packages outside of a bundle are told apart by their numbers", () => {
  const summary = read(
    bundle(
      outside,
      `const a=n(569),b=n(518);exports.handler=async()=>{await x.send(new a.PutRecordCommand({}));await y.send(new b.InvokeCommand({}))}`,
    ),
  );
  expect(operations(summary)).toEqual(["kinesis.PutRecord", "lambda.Invoke"]);
});

test("packages that are loaded only when needed are told too", () => {
  const summary = read(
    bundle(
      outside,
      `exports.handler=async()=>{const{Kinesis:k}=await Promise.resolve().then(()=>n.t(569,19)),l=await Promise.resolve().then(n.t.bind(n,518,19));await new k({}).putRecord({});await y.send(new l.InvokeCommand({}))}`,
    ),
  );
  expect(operations(summary)).toEqual(["kinesis.PutRecord", "lambda.Invoke"]);
});

test("short names that a bundler gave are those of the module, not of another one that has the same", () => {
  const own = `1(e,t,n){n.d(t,{A:()=>g});const r=n(569);const g=async()=>c.send(new r.PutRecordCommand({}))},2(e,t,n){n.d(t,["A",()=>h]);const h=n(518).Lambda}`;
  const summary = read(bundle(`${outside},${own}`, `const m=n(2);exports.handler=()=>new m.A({}).invoke({})`));
  expect(operations(summary)).toEqual(["kinesis.PutRecord", "lambda.Invoke"]);
});

test("modules of older bundles stand in a list and are loaded by their place", () => {
  const summary = read(
    `!function(e){function n(r){var o={exports:{}};return e[r](o,o.exports,n),o.exports}n(1)}([function(e,t){e.exports=require("aws-sdk/clients/sqs")},function(e,t,n){var S=n(0);t.handler=()=>new S().sendMessage({}).promise()}]);`,
  );
  expect(operations(summary)).toEqual(["sqs.SendMessage"]);
});

test("a member named at run time of all that a package gives is not told, and every command of it is not taken", () => {
  const commands = Array.from({ length: 70 }, (_, index) => `Op${index}Command: require("@aws-sdk/client-s3").Op${index}Command`);
  const summary = read(`const all = Object.freeze({ __proto__: null, ${commands.join(", ")} });
    exports.handler = (event) => client.send(new all[event.name]({}));`);
  expect(operations(summary)).toEqual([]);
  expect(summary.unresolved).toHaveLength(1);
});

test("what came out of going round in circles does not depend on what is asked first", () => {
  const program = (first: string, second: string) =>
    read(`import { S3 } from "@aws-sdk/client-s3"; import { SQS } from "@aws-sdk/client-sqs";
      class A { constructor(o) { this.o = o; this.c = o.peer ? o.peer.c : new S3({}); } go() { return this.c.listBuckets({}); } }
      class B { constructor(o) { this.o = o; this.c = o.peer ? o.peer.c : new SQS({}); } go() { return this.c.listQueues({}); } }
      const a = new A({ peer: undefined }); const b = new B({ peer: undefined });
      export const handler = () => { ${first}; ${second}; };`);
  expect(operations(program("a.go()", "b.go()"))).toEqual(operations(program("b.go()", "a.go()")));
  expect(operations(program("a.go()", "b.go()"))).toEqual(expect.arrayContaining(["s3.ListBuckets", "sqs.ListQueues"]));
});
