import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { startFauxqs } from "fauxqs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Blobs } from "../../shared/store/blobs.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { S3Blobs } from "../../shared/store/s3-blobs.ts";
import { aFolder } from "./remembered.ts";

interface Place {
  readonly blobs: Blobs;
  /** Puts bytes where a blob would be. */
  readonly spoil: (key: string, bytes: Uint8Array) => Promise<unknown>;
}

async function inFolder(): Promise<Place> {
  const folder = await aFolder();
  return { blobs: new FolderBlobs(folder), spoil: (key, bytes) => writeFile(join(folder, key), bytes) };
}

async function inBucket(): Promise<Place> {
  const server = await startFauxqs({ port: 0, logger: false });
  onTestFinished(() => server.stop());
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${server.port}`,
    forcePathStyle: true,
    region: "us-east-1",
    credentials: { accessKeyId: "x", secretAccessKey: "y" },
  });
  onTestFinished(() => client.destroy());
  await client.send(new CreateBucketCommand({ Bucket: "blobs" }));
  return {
    blobs: new S3Blobs(client, "blobs"),
    spoil: (key, bytes) => client.send(new PutObjectCommand({ Bucket: "blobs", Key: key, Body: bytes })),
  };
}

describe.each([
  ["a folder", inFolder],
  ["a bucket", inBucket],
])("blobs in %s", (_, place) => {
  test("come back as they went, and are replaced", async () => {
    const { blobs } = await place();
    const value = { functions: [{ name: "名前 ❤️", tags: {} }], none: null, nothing: "" };
    await blobs.put("scans/2026-11-24T03-00-00Z/document.json.gz", value);
    expect(await blobs.get("scans/2026-11-24T03-00-00Z/document.json.gz")).toEqual(value);
    await blobs.put("scans/2026-11-24T03-00-00Z/document.json.gz", [1]);
    expect(await blobs.get("scans/2026-11-24T03-00-00Z/document.json.gz")).toEqual([1]);
  });

  test("are undefined where there are none", async () => {
    const { blobs } = await place();
    expect(await blobs.get("scans/never/document.json.gz")).toBeUndefined();
  });

  test("are refused by name when damaged", async () => {
    const { blobs, spoil } = await place();
    await blobs.put("cache/a.json.gz", { a: 1 });
    for (const bytes of [new Uint8Array(), Buffer.from("no gzip"), gzipSync("{ no json"), gzipSync('{"a":1}').subarray(0, 15)]) {
      await spoil("cache/a.json.gz", bytes);
      await expect(blobs.get("cache/a.json.gz")).rejects.toThrow(/^Blob "cache\/a.json.gz" in .* is damaged .*: delete it/);
    }
  });

  test("do not leave their place", async () => {
    const { blobs } = await place();
    for (const key of ["../a", "a/../../b", "/etc/a", "a//b", "", ".", "a/.", "a\\..\\b", "a\0b", "a/…", "x".repeat(2000)]) {
      await expect(blobs.put(key, 1)).rejects.toThrow(RangeError);
      await expect(blobs.get(key)).rejects.toThrow(/is not a blob key/);
    }
  });

  test("of lines come back one by one, as many as there were, and are refused by name when damaged", async () => {
    const { blobs, spoil } = await place();
    const values = Array.from({ length: 3000 }, (_, i) => ({ i, text: "名前\n❤️".repeat(i % 50) }));
    await blobs.putLines("cache/b.ndjson.gz", values);
    const back: unknown[] = [];
    for await (const value of (await blobs.getLines("cache/b.ndjson.gz")) ?? []) back.push(value);
    expect(back).toEqual(values);
    expect(await blobs.getLines("cache/none.ndjson.gz")).toBeUndefined();
    const text = values.map((value) => JSON.stringify(value)).join("\n");
    for (const bytes of [Buffer.from("no gzip"), gzipSync("{ no json\n"), gzipSync(text), gzipSync(`${text}\n`).subarray(0, 5000)]) {
      await spoil("cache/b.ndjson.gz", bytes);
      const read = async () => {
        for await (const _ of (await blobs.getLines("cache/b.ndjson.gz")) ?? []);
      };
      await expect(read()).rejects.toThrow(/^Blob "cache\/b.ndjson.gz" in .* is damaged .*: delete it/);
    }
  });

  test("are the JSON that JSON.stringify makes, at any depth and with any member", async () => {
    const { blobs } = await place();
    const value = {
      none: undefined,
      at: new Date(0),
      list: [undefined, [], [{}], null],
      deep: { a: { b: { c: { d: [1, "é"] } } } },
      'a"b': "",
      f() {},
    };
    await blobs.put("scans/any.json.gz", value);
    expect(await blobs.get("scans/any.json.gz")).toEqual(JSON.parse(JSON.stringify(value)));
    for (const one of [[], {}, "text", 7, null, true, new Date(0)]) {
      await blobs.put("scans/any.json.gz", one);
      expect(await blobs.get("scans/any.json.gz")).toEqual(JSON.parse(JSON.stringify(one)));
    }
  });

  test("without JSON form are refused", async () => {
    const { blobs } = await place();
    await expect(blobs.put("a", undefined)).rejects.toThrow(/Blob "a" cannot be stored/);
    expect(await blobs.get("a")).toBeUndefined();
  });
});

test("a file that could not be written leaves nothing behind and names the blob", async () => {
  const folder = await aFolder();
  await mkdir(join(folder, "a"));
  await expect(new FolderBlobs(folder).put("a", 1)).rejects.toThrow(/^Blob "a" could not be written to .* check the folder/);
  await expect(new FolderBlobs(folder).get("a")).rejects.toThrow(/^Blob "a" could not be read/);
  expect(await readdir(folder)).toEqual(["a"]);
});

test("many writers of one file leave one whole file", async () => {
  const folder = await aFolder();
  const blobs = new FolderBlobs(folder);
  await Promise.all(Array.from({ length: 20 }, (_, i) => blobs.put("a.json.gz", { i, filler: "x".repeat(10_000) })));
  expect(await blobs.get("a.json.gz")).toMatchObject({ i: expect.any(Number) });
  expect(await readdir(folder)).toEqual(["a.json.gz"]);
});
