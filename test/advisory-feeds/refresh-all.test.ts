import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptAdvisories } from "../../shared/advisory-feeds/current-advisories.ts";
import { httpGet } from "../../shared/advisory-feeds/http-get.ts";
import { keyOf } from "../../shared/advisory-feeds/kept-advisories.ts";
import { placeGet } from "../../shared/advisory-feeds/place-get.ts";
import { type AdvisorySources, refreshAll } from "../../shared/advisory-feeds/refresh-all.ts";
import { checkPackage } from "../../shared/libraries/advisories/check-package.ts";
import type { Ecosystem } from "../../shared/model/packages.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { aRangeServer, type RangeServer } from "../artifacts/a-range-server.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";

const impatient = httpGet({ idleMs: 300, totalMs: 3000, pausesMs: [1] });
const now = new Date("2026-11-27T12:00:00Z");
const later = new Date("2026-11-28T12:00:00Z");

let folder: string;
let blobs: FolderBlobs;
let server: RangeServer;
let sources: AdvisorySources;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "smalltarget-feeds-"));
  blobs = new FolderBlobs(folder);
  server = await aRangeServer();
  server.misbehave = (request, response) => {
    const bytes = server.artifacts.get(request.url ?? "");
    if (bytes) response.end(bytes);
    return bytes !== undefined;
  };
  put("/npm/all.zip", zipOf(record("GHSA-1", "npm", "lodash", { aliases: ["CVE-1"] }), record("GHSA-2", "npm", "axios")));
  put("/PyPI/all.zip", zipOf(record("PYSEC-1", "PyPI", "jinja2", { aliases: ["CVE-2"] })));
  put("/kev.json", JSON.stringify({ vulnerabilities: [{ cveID: "CVE-1", dueDate: "2026-12-01" }, { cveID: "CVE-99" }] }));
  put("/epss.csv.gz", gzipSync("#model\ncve,epss,percentile\nCVE-2,0.4,0.97\nCVE-98,0.1,0.5\n"));
  const { url } = server;
  sources = { source: url, ecosystems: ["npm", "PyPI"], kev: `${url}/kev.json`, epss: `${url}/epss.csv.gz` };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (path: string, content: string | Buffer) => server.artifacts.set(path, Buffer.from(content));

function record(id: string, ecosystem: Ecosystem, name: string, more = {}) {
  const affected = [{ package: { ecosystem, name }, ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "2.0.0" }] }] }];
  return aRecord(id, [], { affected, ...more });
}

const zipOf = (...records: { readonly id?: unknown }[]) =>
  aZip(records.map((one, i) => ({ name: `${i}.json`, content: JSON.stringify(one) })));

async function holesOf(ecosystem: Ecosystem, name: string) {
  const known = await keptAdvisories(blobs);
  if (!known) return undefined;
  const checked = checkPackage(known.index, { ecosystem, name, version: "1.0.0" }, known.exploited);
  return "holes" in checked ? checked.holes : checked.unknown;
}

test("everything is read, kept, and read again without the network, with what is known to be used", async () => {
  expect(await keptAdvisories(blobs)).toBeUndefined();
  const { feeds, exploited } = await refreshAll(impatient, blobs, sources, now);
  const fetchedAt = now.toISOString();
  expect(feeds).toEqual([
    { ecosystem: "npm", source: server.url, fetchedAt },
    { ecosystem: "PyPI", source: server.url, fetchedAt },
  ]);
  expect(exploited.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  server.artifacts.clear();
  expect((await keptAdvisories(blobs))?.feeds).toEqual(feeds);
  expect(await holesOf("npm", "lodash")).toMatchObject([{ ids: ["GHSA-1"], exploitedDue: "2026-12-01" }]);
  expect(await holesOf("PyPI", "jinja2")).toMatchObject([{ ids: ["PYSEC-1"], epss: 0.97 }]);
  expect(await holesOf("Go", "stdlib")).toBe("there are no advisories of Go");
});

test("only what is wanted stays in memory, and an ecosystem of which nothing is wanted is known all the same", async () => {
  await refreshAll(impatient, blobs, sources, now);
  const known = await keptAdvisories(blobs, (_, name) => name === "axios");
  if (!known) throw new Error("nothing was kept");
  const check = (ecosystem: Ecosystem, name: string) => checkPackage(known.index, { ecosystem, name, version: "1.0.0" });
  expect(check("npm", "axios")).toMatchObject({ holes: [{ ids: ["GHSA-2"] }] });
  expect(check("npm", "lodash")).toMatchObject({ holes: [] });
  expect(check("PyPI", "flask")).toMatchObject({ holes: [] });
  expect(known.exploited.kev.size).toBe(0);
});

test("what was good last stays in use and says its age when its source fails, and only that", async () => {
  await refreshAll(impatient, blobs, sources, now);
  put("/npm/all.zip", "<html>sign in</html>");
  put("/kev.json", "<html>sign in</html>");
  put("/epss.csv.gz", gzipSync("cve,epss,percentile\nCVE-2,0.4,0.99\n").subarray(0, -4));
  put("/PyPI/all.zip", zipOf(record("PYSEC-1", "PyPI", "jinja2"), record("PYSEC-2", "PyPI", "jinja2")));
  const { feeds, exploited } = await refreshAll(impatient, blobs, sources, later);
  expect(feeds).toMatchObject([
    { fetchedAt: now.toISOString(), failure: expect.stringMatching(/all\.zip is no zip of advisories/) },
    { fetchedAt: later.toISOString() },
  ]);
  expect(exploited).toMatchObject([
    { kind: "kev", fetchedAt: now.toISOString(), failure: expect.stringMatching(/kev\.json: it names no cveID/) },
    { kind: "epss", fetchedAt: now.toISOString(), failure: expect.stringMatching(/is damaged or cut off/) },
  ]);
  expect(await holesOf("npm", "lodash")).toMatchObject([{ exploitedDue: "2026-12-01" }]);
  expect(await holesOf("PyPI", "jinja2")).toHaveLength(2);
});

test("a source that answers nothing is waited for once, not once for each ecosystem", async () => {
  await refreshAll(impatient, blobs, { ...sources, ecosystems: ["PyPI"] }, now);
  server.asked.length = 0;
  server.misbehave = () => true;
  const { source, ecosystems } = sources;
  const { feeds } = await refreshAll(impatient, blobs, { source, ecosystems }, later);
  expect(feeds.map(({ ecosystem, fetchedAt }) => [ecosystem, fetchedAt])).toEqual([
    ["PyPI", now.toISOString()],
    ["npm", undefined],
  ]);
  for (const { failure } of feeds) expect(failure).toMatch(/no byte within 0\.3 s/);
  expect(new Set(server.asked.map((asked) => asked.split(" ")[1]))).toEqual(new Set(["/npm/modified_id.csv"]));
  expect(await holesOf("PyPI", "jinja2")).toHaveLength(1);
});

test("a source that is not there at all, and no time left, fail as well as a slow one", async () => {
  const nowhere = { ecosystems: sources.ecosystems, source: "http://127.0.0.1:9" };
  const { feeds } = await refreshAll(impatient, blobs, nowhere, now);
  for (const { failure, fetchedAt } of feeds) expect([failure, fetchedAt]).toEqual([expect.stringMatching(/cannot be read/), undefined]);
  const inTime = await refreshAll(httpGet({ idleMs: 60_000, totalMs: 60_000, pausesMs: [1] }, AbortSignal.abort()), blobs, sources, now);
  expect(inTime.feeds[0]?.failure).toMatch(/there was no more time for it/);
});

test("what is kept and damaged is not used, said, and read anew", async () => {
  await refreshAll(impatient, blobs, sources, now);
  writeFileSync(join(folder, keyOf(server.url, "npm")), "rubbish");
  const known = await keptAdvisories(blobs);
  expect(known?.feeds).toMatchObject([{ ecosystem: "npm", failure: expect.stringMatching(/damaged/) }, { ecosystem: "PyPI" }]);
  expect(known?.feeds[0]).not.toHaveProperty("fetchedAt");
  expect(await holesOf("npm", "lodash")).toBe("there are no advisories of npm");
  await refreshAll(impatient, blobs, sources, later);
  expect(await holesOf("npm", "lodash")).toHaveLength(1);
  writeFileSync(join(folder, "advisories/current.json.gz"), "rubbish");
  expect(await keptAdvisories(blobs)).toBeUndefined();
});

test("what was read from another source, or of an ecosystem that is no longer asked for, is not in use", async () => {
  await refreshAll(impatient, blobs, sources, now);
  const { feeds } = await refreshAll(impatient, blobs, { source: "http://127.0.0.1:9", ecosystems: ["npm"] }, later);
  expect(feeds).toMatchObject([{ ecosystem: "npm", failure: expect.any(String) }]);
  expect(await holesOf("npm", "lodash")).toBe("there are no advisories of npm");
});

test("a folder is as old as the newest change in it, and what was good last stays in use when it is damaged", async () => {
  const place = mkdtempSync(join(tmpdir(), "smalltarget-records-"));
  const write = (name: string, ...records: object[]) =>
    writeFileSync(join(place, name), records.map((one) => `${JSON.stringify(one)}\n`).join(""));
  try {
    write(
      "npm.ndjson",
      record("GHSA-1", "npm", "lodash", { aliases: ["CVE-1"] }),
      record("GHSA-9", "npm", "x", { modified: "2031-01-01T00:00:00Z" }),
    );
    write("python.ndjson", record("PYSEC-1", "PyPI", "jinja2", { modified: "0001-01-01T00:00:00Z" }));
    writeFileSync(join(place, "kev.csv"), "cveID,dueDate\nCVE-1,2026-12-24\n");
    const ofFolder: AdvisorySources = { source: place, ecosystems: ["npm", "PyPI", "Go"], kev: join(place, "kev.csv") };
    const look = (at: Date) => refreshAll(placeGet(impatient), blobs, ofFolder, at);
    // the clock may stand still before the newest; of Go the folder says nothing
    expect((await look(now)).feeds).toEqual([
      { ecosystem: "npm", source: place, fetchedAt: now.toISOString(), newest: now.toISOString() },
      { ecosystem: "PyPI", source: place, fetchedAt: now.toISOString(), newest: now.toISOString() },
    ]);
    expect(await holesOf("npm", "lodash")).toMatchObject([{ exploitedDue: "2026-12-24" }]);
    expect(await holesOf("Go", "stdlib")).toBe("there are no advisories of Go");
    writeFileSync(join(place, "npm.ndjson"), '{"id":"GHSA-1","affected":[');
    const { feeds } = await look(later);
    expect(feeds).toMatchObject([{ fetchedAt: now.toISOString(), failure: expect.stringMatching(/npm\.ndjson is cut off/) }, {}]);
    expect(await holesOf("npm", "lodash")).toHaveLength(1);
    write("npm.ndjson", record("GHSA-1", "npm", "lodash"));
    expect((await look(later)).feeds[0]).toMatchObject({ fetchedAt: "2026-11-20T00:00:00.000Z" });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
