import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";
import { operations } from "./reading.ts";

function read(text: string) {
  return operations(readCode([{ path: "index.js", text: `const { KMS } = require("@aws-sdk/client-kms"); ${text}` }], {}));
}

describe("a client that is kept in a table by a key that is told at run time comes out of it", () => {
  test.each([
    [
      "a variable",
      "const held = {}; const kms = (r) => { if (!held[r]) held[r] = new KMS({}); return held[r]; }; exports.handler = (e) => kms(e.r).decrypt({});",
    ],
    [
      "a table that holds others",
      "const held = { eu: new KMS({}) }; exports.handler = (e) => { held[e.r] = new KMS({}); return held[e.q].decrypt({}); };",
    ],
    [
      "a member",
      "class Keys { held = {}; of(r) { if (!(r in this.held)) this.held[r] = new KMS({}); return this.held[r]; } } exports.handler = (e) => new Keys().of(e.r).decrypt({});",
    ],
    [
      "a member that the constructor sets",
      "class Keys { constructor() { this.held = {}; } of(r) { this.held[r] = this.held[r] || new KMS({}); return this.held[r]; } } exports.handler = (e) => new Keys().of(e.r).decrypt({});",
    ],
  ])("%s", (_, text) => {
    expect(read(text)).toEqual(["kms.Decrypt"]);
  });

  test("and not out of another table", () => {
    expect(
      read("const held = {}; const other = {}; exports.handler = (e) => { held[e.r] = new KMS({}); return other[e.r].decrypt({}); };"),
    ).toEqual([]);
  });
});

test("super in a class that extends a client means the methods of that client", () => {
  expect(
    read(
      "class Keys extends KMS { open(b) { return super.decrypt({ CiphertextBlob: b }); } } exports.handler = (e) => new Keys({}).open(e);",
    ),
  ).toEqual(["kms.Decrypt"]);
});
