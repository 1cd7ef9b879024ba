/** Code is whatever somebody uploaded. */
import { describe, expect, test } from "vitest";
import { programFiles } from "../../../shared/code/python/packages.ts";
import { parse, UnreadableError } from "../../../shared/code/python/parse.ts";
import { operationsOf, readText } from "./a-program.ts";

const call = 'import boto3\ns3 = boto3.client("s3")\ndef handler(event, context):\n    s3.list_buckets()\n';

describe("is read to its end:", () => {
  test.each([
    ["a byte order mark and NUL bytes", `\uFEFF# a\u0000\u0000\n${call}`],
    ["carriage returns", call.replaceAll("\n", "\r\n")],
    ["Python 2", `print "a", 1\nexec "x = 1"\ntry:\n    pass\nexcept Exception, e:\n    raise ValueError, "b"\n${call}`],
    ["a line that is not finished", `${call}\nx = foo(1,\n`],
    ["a sum of 20,000 texts", `${call}\nx = ${Array.from({ length: 20_000 }, () => '"a"').join(" + ")}\n`],
    ["a function that calls itself", `${call}\ndef f(x):\n    return f([x])\nf(1)\n`],
    ["classes that are made from each other", `${call}\nclass A(B): pass\nclass B(A): pass\nA().x()\nB.y\n`],
    ["a module that imports itself", `import app\nfrom app import *\n${call}`],
    [
      "names like those of every object",
      `${call}\nd = {"__proto__": s3, "constructor": 1}\nd["constructor"]\nd["toString"]\ntoString(1)\ns3.constructor()\n`,
    ],
  ])("%s", async (_, text) => {
    const summary = await readText(text, "app.handler");
    expect(operationsOf(summary)).toEqual(["s3.ListBuckets"]);
    expect(summary.unread).toEqual([]);
  });
});

describe("is said to be unread, with what was found until then:", () => {
  test("what nests deeper than anybody writes", async () => {
    const { unread } = await readText(`${call}\nx = ${"[".repeat(30_000)}${"]".repeat(30_000)}\n`, "app.handler");
    expect(unread).toEqual([{ file: "app.py", why: expect.stringMatching(/^it nests too deeply at app\.py:\d+$/) }]);
  });

  test("what is not Python", async () => {
    const summary = await readText(`<?php ${"$a = { <b> } ?;".repeat(500)}`);
    expect(summary.unread).toEqual([{ file: "app.py", why: "it is not Python that we can read" }]);
  });

  test("a file longer than any handler", async () => {
    expect((await readText(`x = "${"a".repeat(1_000_001)}"`)).unread).toEqual([
      { file: "app.py", why: "it is longer than 1000000 characters" },
    ]);
  });

  test("a file that takes the parser too long", async () => {
    let spent = 0;
    const slow = () => {
      spent += 1500;
      return spent;
    };
    const file = { path: "app.py", text: "x = [1, 2, 3]\n".repeat(20_000) };
    await expect(parse(file, slow)).rejects.toThrow(new UnreadableError("it takes longer than 2 s to read"));
    // and the parser is as good as new
    expect((await parse({ path: "app.py", text: "x = 1\n" })).children.map(({ type }) => type)).toEqual(["expression_statement"]);
  });

  test("functions that call each other in more ways than can be followed", async () => {
    const functions = Array.from(
      { length: 60 },
      (_, i) => `def f${i}(a, b):\n${`    f${(i + 1) % 60}([a, b], [b, a, ${i}])\n    f${(i + 7) % 60}(b, {"x": a})\n`.repeat(8)}`,
    );
    const start = performance.now();
    const summary = await readText(`${call}\n${functions.join("\n")}\nf0(1, 2)\n`, "app.handler");
    expect(operationsOf(summary)).toEqual(["s3.ListBuckets"]);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

test("loops and comprehensions in each other take no longer than what they hold", async () => {
  const loops = `${Array.from({ length: 60 }, (_, i) => `${" ".repeat(i)}for x${i} in y:`).join("\n")}\n${" ".repeat(60)}z = x1\n`;
  const comprehensions = `x = ${"[".repeat(40)}f(a)${" for a in [1, 2]]".repeat(40)}\n`;
  const choices = `s = ""\n${"s = s + x + ('a' if b else 'c')\n".repeat(500)}`;
  const summary = await readText(`${call}\n${loops}${comprehensions}${choices}`, "app.handler");
  expect(operationsOf(summary)).toEqual(["s3.ListBuckets"]);
  expect(summary.unread).toEqual([]);
});

test("functions that call each other a thousand deep are all read", async () => {
  const chain = Array.from({ length: 1000 }, (_, i) => `def f${i}(x):\n    return f${i + 1}([x])`).join("\n");
  const summary = await readText(`${call}    f0(1)\n${chain}\ndef f1000(x):\n    s3.list_objects(Bucket="last")\n`, "app.handler");
  expect(operationsOf(summary)).toEqual(["s3.ListBuckets", "s3.ListObjects"]);
  expect(summary.unread).toEqual([]);
});

test("a hundred files give their memory back", async () => {
  const text = `${call}${"x = [1, 2, 3]\n".repeat(200)}`;
  await readText(text);
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  for (let i = 0; i < 100; i++) await readText(text);
  expect(process.memoryUsage().arrayBuffers + process.memoryUsage().external - before).toBeLessThan(50_000_000);
});

test("packages that import each other in a row are gone through in a time that grows with their number", { timeout: 20_000 }, () => {
  const count = 6000;
  const files = Array.from({ length: count }, (_, i) => [
    { path: `p${i}/__init__.py`, text: i === count - 1 ? "import boto3\n" : `import p${i + 1}\n${"x = 1\n".repeat(50)}` },
    { path: `p${i}-1.0.dist-info/METADATA`, text: `Name: p${i}\n` },
    { path: `p${i}-1.0.dist-info/RECORD`, text: `p${i}/__init__.py,,\n` },
  ]);
  const { packages, closed } = programFiles([{ path: "app.py", text: "import p0\n" }, ...files.flat()]);
  expect([packages.size, closed.size]).toEqual([count, 0]);
});
