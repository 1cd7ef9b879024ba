import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { assess } from "../../shared/assess.ts";
import type { CachedReads } from "../../shared/collect/contract/cached-reads.ts";
import { Rotation } from "../../shared/collect/contract/rotation.ts";
import { partNames, type RegionSnapshot } from "../../shared/model/snapshot.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { readRegion } from "../../shared/scan/read-region.ts";
import { CheckpointVersionError, knownPlan, type ScanPlan } from "../../shared/scan/scan-plan.ts";
import { readSettings } from "../../shared/settings.ts";
import { UnreadableBlobError } from "../../shared/store/blobs.ts";
import { getDocument } from "../../shared/store/document-blob.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";

const versions = [1];
const at = "2026-11-24T09:30:00.000Z";
const snapshotKey = "snapshots/us-east-1.ndjson.gz";
const kept = (version: number) => new FolderBlobs(join(import.meta.dirname, String(version)));
const fresh = () => new FolderBlobs(mkdtempSync(join(tmpdir(), "smalltarget-")));

function judged(region: RegionSnapshot) {
  const snapshot = {
    account: "111122223333",
    partition: "aws",
    regionSource: "asked",
    at,
    accountCoverage: [],
    regions: [region],
  } as const;
  return assess(snapshot, catalogue, readSettings({}, catalogue));
}

async function linesOf(version: number): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  for await (const line of (await kept(version).getLines(snapshotKey)) ?? []) lines.push(line as Record<string, unknown>);
  return lines;
}

describe.each(versions)("what version %i left", (version) => {
  test("as a snapshot is judged by today's rules", async () => {
    const region = await readRegion(kept(version), snapshotKey);
    const { functions, resources, findings } = judged(region as RegionSnapshot);
    expect(functions).toHaveLength(6);
    expect(functions.map(({ name }) => name)).toContain("clickstream-enrich");
    expect(resources.length).toBeGreaterThan(functions.length);
    expect(findings.map(({ rule }) => rule)).toContain("lambda/deprecated-runtime");
  });

  test("as a snapshot from before some part existed says that the part was not read", async () => {
    const blobs = fresh();
    await blobs.putLines(
      "old.ndjson.gz",
      (await linesOf(version)).filter(({ part }) => part !== "durationAlarms" && part !== "queues"),
    );
    const region = (await readRegion(blobs, "old.ndjson.gz")) as RegionSnapshot;
    for (const name of partNames) expect(region[name].coverage.collector).toBe(name);
    expect(region.queues.coverage).toMatchObject({ status: "failed", code: "NotReadYet" });
    expect(judged(region).functions).toHaveLength(6);
  });

  test("as a document is read", async () => {
    const document = await getDocument(kept(version), "scans/sample.json.gz");
    expect(document?.functions.length).toBeGreaterThan(20);
  });

  test("as reads per resource is understood by the same version of the reader, and read again by another", async () => {
    const cached = (await kept(version).get("reads/us-east-1.json.gz")) as CachedReads;
    const [key = ""] = Object.keys(cached["lambda-access/policies"] ?? {});
    expect(key).toMatch(/^arn:aws:lambda:us-east-1:/);
    const rotation = new Rotation(cached, new Date(at), "us-east-1");
    expect(rotation.remembered("lambda-access/policies", key)?.readAt).toBe(at);
    expect(rotation.forReader(2).remembered("lambda-access/policies", key)).toBeUndefined();
  });
});

describe("what a version that is not known left", () => {
  test("as a snapshot is said to be unreadable, with what to do", async () => {
    const [head, ...rest] = await linesOf(1);
    const blobs = fresh();
    await blobs.putLines("later.ndjson.gz", [{ ...head, version: 99 }, ...rest]);
    await expect(readRegion(blobs, "later.ndjson.gz")).rejects.toThrow(UnreadableBlobError);
    await expect(readRegion(blobs, "later.ndjson.gz")).rejects.toThrow(/format 99.*run the scan again/s);
    for (const odd of [[], [null], ["text"], [{ version: 2, region: "eu-west-1", services: [] }]]) {
      await blobs.putLines("odd.ndjson.gz", odd);
      await expect(readRegion(blobs, "odd.ndjson.gz")).rejects.toThrow(UnreadableBlobError);
    }
  });

  test("as a document is said to be unreadable", async () => {
    const blobs = fresh();
    for (const odd of [{ schemaVersion: 2 }, {}, null, "text"]) {
      await blobs.put("odd.json.gz", odd);
      await expect(getDocument(blobs, "odd.json.gz")).rejects.toThrow(UnreadableBlobError);
    }
    expect(await getDocument(blobs, "none.json.gz")).toBeUndefined();
  });

  test("as a checkpoint ends the scan that it belongs to; one from before checkpoints had a version does not", () => {
    const plan: ScanPlan = {
      scanId: "2026-11-24T09-30-00Z-aaaaaa",
      account: "111122223333",
      partition: "aws",
      at,
      regions: [],
      enabledRegions: [],
      parts: [],
      regionSource: "asked",
      coverage: [],
      apiCalls: {},
    };
    expect(knownPlan(plan)).toBe(plan);
    expect(() => knownPlan({ ...plan, version: 99 })).toThrow(CheckpointVersionError);
    expect(() => knownPlan({ ...plan, version: 99 })).toThrow(/the next scan begins anew/);
  });

  test("as a read of one resource is read again and kept under its own version", async () => {
    const cached: CachedReads = { kind: { one: { readAt: at, fingerprint: "", value: "old", reader: 3 } } };
    const rotation = new Rotation(cached, new Date(at), "eu-west-1").forReader(2);
    const refused = () => Promise.reject(new Error("refused"));
    const failures: unknown[] = [];
    const none = await rotation.read("kind", [{ key: "one", fingerprint: "", settled: true }], refused, (error) => failures.push(error));
    expect([none.size, failures.length, rotation.kept.kind]).toEqual([0, 1, {}]);
    const answers = await rotation.read(
      "kind",
      [{ key: "one", fingerprint: "", settled: true }],
      async () => "new",
      () => undefined,
    );
    expect(answers.get("one")?.value).toBe("new");
    expect(rotation.kept.kind?.one).toMatchObject({ value: "new", reader: 2 });
  });
});
