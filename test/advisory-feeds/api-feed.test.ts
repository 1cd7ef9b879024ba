import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { httpGet } from "../../shared/advisory-feeds/http-get.ts";
import { type Keep, refreshedByName } from "../../shared/advisory-feeds/kept-advisories.ts";
import { anAffected, aRecord } from "../libraries/advisories/an-advisory.ts";
import { anOsvApi, type OsvApi } from "./an-osv-api.ts";

const impatient = httpGet({ idleMs: 1500, totalMs: 10_000, pausesMs: [1] });
const now = new Date("2026-11-27T12:00:00Z");
const later = new Date("2026-11-30T12:00:00Z");
let api: OsvApi;
let keep: Keep;

beforeEach(async () => {
  api = await anOsvApi();
  const kept = new Map<string, readonly unknown[]>();
  keep = {
    getLines: async (key) => {
      const lines = kept.get(key);
      return (
        lines &&
        (async function* () {
          yield* structuredClone(lines);
        })()
      );
    },
    putLines: async (key, values) =>
      void kept.set(
        key,
        [...values].map((value) => JSON.parse(JSON.stringify(value))),
      ),
  };
  for (const [id, name] of [
    ["A-1", "left"],
    ["A-2", "left"],
    ["B-1", "right"],
  ] as const)
    put(id, name);
});
afterEach(() => api.close());

function put(id: string, name: string, more: { readonly modified?: string; readonly withdrawn?: string } = {}): void {
  const record = aRecord(id, [], { modified: "2026-11-20T00:00:00Z", ...more, affected: [anAffected([{ introduced: "0" }], "npm", name)] });
  api.records.set(id, { modified: more.modified ?? "2026-11-20T00:00:00Z", packages: [name], text: JSON.stringify(record) });
}

async function look(names: readonly string[], at = now) {
  api.asked.length = 0;
  const packages = names.map((name) => ({ name, written: name }));
  const { advisories, failure } = await refreshedByName(impatient, keep, api.url, { ecosystem: "npm", packages, now: at });
  return {
    ids: advisories?.advisories.map(({ id }) => id).toSorted(),
    fetchedAt: advisories?.fetchedAt,
    unreadable: advisories?.unreadable,
    failure,
  };
}

const good = (ids: readonly string[], at = now) => ({ ids, fetchedAt: at.toISOString(), unreadable: 0, failure: undefined });

describe("OSV's API", () => {
  test("is told names and ecosystems and nothing else; a record is read once, and again when it has changed", async () => {
    expect(await look(["left", "fine"])).toEqual(good(["A-1", "A-2"]));
    expect(api.bodies).toEqual([
      { queries: [{ package: { name: "left", ecosystem: "npm" } }, { package: { name: "fine", ecosystem: "npm" } }] },
    ]);
    expect(api.asked.toSorted()).toEqual(["A-1", "A-2", "fine", "left"]);

    put("A-2", "left", { modified: "2026-11-28T00:00:00Z" });
    expect(await look(["left"], later)).toEqual(good(["A-1", "A-2"], later));
    expect(api.asked.toSorted()).toEqual(["A-2", "left"]);
  });

  test("answers in pages, and is asked about a thousand packages at a time", async () => {
    api.pageSize = 1;
    const many = Array.from({ length: 1500 }, (_, number) => `package-${number}`);
    expect(await look([...many, "left"])).toEqual(good(["A-1", "A-2"]));
    expect(api.asked).toContain("left+1");
    expect(api.asked.filter((name) => name.startsWith("package-"))).toHaveLength(1500);
  });

  test("what it lists no longer, or has withdrawn, counts no longer; what is known of other packages stays", async () => {
    await look(["left", "right"]);
    api.records.delete("A-1");
    put("A-2", "left", { modified: "2026-11-28T00:00:00Z", withdrawn: "2026-11-28T00:00:00Z" });
    expect(await look(["left"], later)).toEqual(good(["B-1"], later));
  });

  test("a record that is listed and gone is said to be not understood, and stands as it was kept", async () => {
    await look(["left"]);
    api.records.set("A-1", { modified: "2026-11-28T00:00:00Z", packages: ["left"], text: undefined });
    expect(await look(["left"], later)).toEqual({ ...good(["A-1", "A-2"], later), unreadable: 1 });
  });

  test("a busy server is asked again", async () => {
    let busy = 0;
    api.misbehave = (_, response) => {
      busy += 1;
      if (busy > 1) return false;
      response.writeHead(429, { "Retry-After": "1" }).end();
      return true;
    };
    expect(await look(["left"])).toEqual(good(["A-1", "A-2"]));
  });
});

describe("where OSV's API fails", () => {
  const failures: [string, OsvApi["misbehave"], RegExp][] = [
    ["is always busy", (_, response) => Boolean(response.writeHead(429).end()), /the server answered 429/],
    ["is broken", (_, response) => Boolean(response.writeHead(503).end()), /the server answered 503/],
    ["shows a page", (_, response) => Boolean(response.end("<html>Sign in</html>")), /did not answer as OSV's API does/],
    ["answers about fewer packages", (_, response) => Boolean(response.end('{"results":[]}')), /does not list as many/],
    ["lists what is no id", (_, response) => Boolean(response.end('{"results":[{"vulns":[{"id":"../x"}]}]}')), /that has no id/],
    ["is another server", (_, response) => Boolean(response.writeHead(404).end()), /it is not OSV's API/],
    ["says nothing", () => true, /no byte within 1\.5 s/],
    [
      "cuts its answer off",
      (_, response) => {
        setTimeout(() => response.destroy(), 20);
        return Boolean(response.writeHead(200, { "Content-Length": "500" }).write('{"results":['));
      },
      /cannot be read/,
    ],
    [
      "turns pages for ever",
      (_, response) => Boolean(response.end('{"results":[{"vulns":[],"next_page_token":"x"}]}')),
      /in more pages than there can be/,
    ],
    ["fails at a record", (request, response) => request.method === "GET" && Boolean(response.end('{"id":')), /holds no JSON/],
  ];

  test.each(failures)("as it %s, what was kept is in use and as old as it is", async (_, misbehave, message) => {
    await look(["left"]);
    put("A-2", "left", { modified: "2026-11-28T00:00:00Z" });
    api.misbehave = misbehave;
    expect(await look(["left"], later)).toEqual({ ...good(["A-1", "A-2"]), failure: expect.stringMatching(message) });
  });

  test("nothing is known of a package that it was never asked about", async () => {
    await look(["left"]);
    api.misbehave = (_, response) => Boolean(response.writeHead(503).end());
    const { ids, failure } = await look(["left", "right"], later);
    expect([ids, failure]).toEqual([undefined, expect.stringMatching(/about 1 of the 2 packages it was never asked before/)]);
  });

  test("the age is that of the oldest answer about what is asked", async () => {
    await look(["left"]);
    await look(["right"], later);
    api.misbehave = (_, response) => Boolean(response.writeHead(503).end());
    expect(await look(["left", "right"], later)).toMatchObject({ ids: ["A-1", "A-2", "B-1"], fetchedAt: now.toISOString() });
  });
});
