// Code on this machine, read as that of a function is.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readLocalCode } from "../../cli/local-code.ts";

it("that names more packages than anybody loads is read without them, and that is said", async () => {
  const folder = mkdtempSync(join(tmpdir(), "small-target-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const many = (file: number) => Array.from({ length: 12_000 }, (_, i) => `require("a-package-with-a-long-name-${file}-${i}")`).join("\n");
  writeFileSync(join(folder, "index.js"), 'const { S3Client } = require("@aws-sdk/client-s3");');
  for (let file = 0; file < 30; file += 1) writeFileSync(join(folder, `f${file}.js`), many(file));
  const [summary] = await readLocalCode([folder], {});
  expect(summary?.unread).toContainEqual({
    file: expect.stringMatching(/\.js$/),
    why: "packages beside it are not read: it names more packages than anybody loads",
  });
});
