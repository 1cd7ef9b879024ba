import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordSample } from "../../samples/make/record-sample.ts";
import { motoForThisFile } from "../aws/moto-for-this-file.ts";

const moto = await motoForThisFile("whether the sample is what `npm run sample` makes");

describe.runIf(moto)("npm run sample", () => {
  test("makes the recording that is in samples/, byte for byte", async () => {
    const kept = readFileSync(join(import.meta.dirname, "../../samples/sample-account.ndjson"), "utf8");
    // a collector that asks something new, or a changed plan: make it again, and look at what changed in the golden file
    expect((await recordSample()) === kept, "samples/sample-account.ndjson is out of date: npm run sample").toBe(true);
  });
});
