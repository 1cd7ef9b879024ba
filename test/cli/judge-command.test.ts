import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "../../cli/program.ts";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { aRecording } from "./a-recording.ts";
import { captureOutput, withoutOutput } from "./captured-output.ts";
import { aFolder } from "./run-command.ts";

const folder = aFolder();
const store = join(folder.path, "store");
const printed = captureOutput();

async function run(...args: string[]): Promise<string> {
  printed.clear();
  await buildProgram().parseAsync([...args, "--store", `dir:${store}`, "--quiet"], { from: "user" });
  return printed.out;
}

interface Judged {
  readonly findings: readonly DocumentFinding[];
  readonly opened: readonly string[];
  readonly changed: readonly string[];
  readonly gone: readonly DocumentFinding[];
  readonly unknown: number;
}
const judged = async (...args: string[]) => JSON.parse(await run("judge", "--output", "json", ...args)) as Judged;

function settings(content: unknown): string {
  const path = join(folder.path, "settings.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** Every blob's name with its bytes: the table's log changes when it is opened. */
function blobsOf(path: string): Map<string, string> {
  const files = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(path, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(path, name), "base64")]));
}

beforeAll(async () => {
  const replay = await aRecording(folder.path);
  await withoutOutput(() => buildProgram().parseAsync(["scan", "--replay", replay, "--store", `dir:${store}`], { from: "user" }));
});
afterAll(() => folder.remove());

describe("judge", () => {
  test("finds in the last scan's snapshot what the scan found", async () => {
    const scanned = JSON.parse(await run("findings", "--output", "json")) as DocumentFinding[];
    const { findings, opened, changed, gone, unknown } = await judged();
    expect(scanned.length).toBeGreaterThan(3);
    expect(findings.map(({ id }) => id).toSorted()).toEqual(scanned.map(({ id }) => id).toSorted());
    expect({ opened, changed, gone, unknown }).toEqual({ opened: [], changed: [], gone: [], unknown: 0 });
  });

  test("says what other settings would open and close", async () => {
    const scanned = JSON.parse(await run("findings", "--output", "json")) as DocumentFinding[];
    const [{ rule }] = scanned as [DocumentFinding];
    const of = scanned.filter((one) => one.rule === rule);
    const { gone, findings } = await judged("--settings", settings({ rules: { [rule]: { enabled: false } } }));
    expect(gone.map(({ id }) => id).toSorted()).toEqual(of.map(({ id }) => id).toSorted());
    expect(findings.some((one) => one.rule === rule)).toBe(false);
    expect(await run("judge", "--settings", settings({ rules: { [rule]: { enabled: false } } }))).toMatch(
      new RegExp(`0 changed   ${of.length} gone`),
    );
  });

  test("writes nothing: neither findings nor blobs", async () => {
    const blobs = blobsOf(join(store, "blobs"));
    const before = await run("findings", "--output", "json");
    await judged("--settings", settings({ rules: { "lambda/timeout-too-tight": { enabled: false } } }));
    expect(await run("findings", "--output", "json")).toBe(before);
    expect(blobsOf(join(store, "blobs"))).toEqual(blobs);
  });

  test("says of a snapshot that another version wrote that it cannot read it, and what to do", async () => {
    const blobs = new FolderBlobs(join(store, "blobs"));
    const key = "snapshots/111122223333/eu-west-1.ndjson.gz";
    const lines: unknown[] = [];
    for await (const line of (await blobs.getLines(key)) ?? []) lines.push(line);
    const [head, ...rest] = lines as [object, ...unknown[]];
    await blobs.putLines(key, [{ ...head, version: 99 }, ...rest]);
    await expect(judged()).rejects.toThrow(/format 99.*run the scan again/s);
    await blobs.putLines(key, lines);
    expect((await judged()).opened).toEqual([]);
  });
});
