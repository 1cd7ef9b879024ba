import { describe, expect, test } from "vitest";
import { httpGet } from "../../shared/advisory-feeds/http-get.ts";
import { type Keep, refreshed } from "../../shared/advisory-feeds/kept-advisories.ts";
import { aRangeServer, type RangeServer } from "../artifacts/a-range-server.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";

const impatient = httpGet({ idleMs: 300, totalMs: 3000, pausesMs: [1] });
const now = new Date("2026-11-27T12:00:00Z");
const later = new Date("2026-11-28T12:00:00Z");

function aKeep(kept = new Map<string, string>()): Keep {
  return {
    getLines: async (key) => linesOf(kept.get(key)),
    putLines: async (key, values) => void kept.set(key, [...values].map((value) => JSON.stringify(value)).join("\n")),
  };
}

function linesOf(text: string | undefined): AsyncIterable<unknown> | undefined {
  if (text === undefined) return undefined;
  return (async function* () {
    for (const line of text.split("\n")) yield JSON.parse(line);
  })();
}

const record = (id: string, more = {}) => JSON.stringify(aRecord(id, [{ introduced: "0" }], more));

/** A mirror with the records `A-1` to `A-3`. */
async function aMirror(): Promise<RangeServer> {
  const server = await aRangeServer();
  const ids = ["A-1", "A-2", "A-3"];
  put(server, "all.zip", aZip(ids.map((id) => ({ name: `${id}.json`, content: record(id) }))));
  put(server, "modified_id.csv", "2026-11-26T03:00:00.5Z,A-3\n2026-11-26T02:00:00Z,A-2\n2026-11-26T01:00:00Z,A-1\n");
  for (const id of ids) put(server, `${id}.json`, record(id));
  server.misbehave = (request, response) => answersWhole(server, request, response);
  return server;
}

/** To whoever asks for no range; false: another does. */
function answersWhole(server: RangeServer, request: Request, response: Response): boolean {
  const bytes = request.headers.range === undefined ? server.artifacts.get(request.url ?? "") : undefined;
  if (bytes) response.end(bytes);
  return bytes !== undefined;
}

const put = (server: RangeServer, name: string, content: string | Buffer) => server.artifacts.set(`/npm/${name}`, Buffer.from(content));

async function look(server: RangeServer, keep: Keep, at = now) {
  const { advisories, failure } = await refreshed(impatient, keep, server.url, "npm", at);
  return { ids: advisories?.advisories.map(({ id }) => id).toSorted(), fetchedAt: advisories?.fetchedAt, failure };
}

test("the zip is read once, by ranges; then only what has changed since", async () => {
  const [server, keep] = [await aMirror(), aKeep()];
  expect(await look(server, keep)).toEqual({ ids: ["A-1", "A-2", "A-3"], fetchedAt: now.toISOString(), failure: undefined });
  expect(server.asked.some((asked) => /all\.zip bytes=-/.test(asked))).toBe(true);

  server.asked.length = 0;
  put(
    server,
    "modified_id.csv",
    "2026-11-27T05:00:00Z,A-4\n2026-11-27T04:00:00Z,A-1\n2026-11-27T03:30:00Z,A-2\n2026-11-26T03:00:00.5Z,A-3\n2026-11-26T02:00:00Z,A-2\n",
  );
  put(server, "A-4.json", record("A-4"));
  put(server, "A-1.json", record("A-1", { withdrawn: "2026-11-27T04:00:00Z", modified: "2026-11-27T04:00:00Z" }));
  expect(await look(server, keep, later)).toEqual({ ids: ["A-2", "A-3", "A-4"], fetchedAt: later.toISOString(), failure: undefined });
  expect(server.asked.map((asked) => asked.split(" ")[1]).toSorted()).toEqual(
    ["A-1.json", "A-2.json", "A-3.json", "A-4.json", "modified_id.csv"].map((name) => `/npm/${name}`),
  );
});

test("a changed record that is not there is not taken for gone: the zip says what there is", async () => {
  const [server, keep] = [await aMirror(), aKeep()];
  await look(server, keep);
  server.artifacts.delete("/npm/A-3.json");
  put(server, "all.zip", aZip(["A-1", "A-3", "A-4"].map((id) => ({ name: `${id}.json`, content: record(id) }))));
  expect(await look(server, keep, later)).toEqual({ ids: ["A-1", "A-3", "A-4"], fetchedAt: later.toISOString(), failure: undefined });
});

test("where the list of changes does not go back far enough, or is too long, the zip is read again", async () => {
  const [server, keep] = [await aMirror(), aKeep()];
  await look(server, keep);
  put(server, "modified_id.csv", "2026-11-27T05:00:00Z,A-4\n");
  put(server, "all.zip", aZip([...["A-1", "A-2", "A-3", "A-4"].map((id) => ({ name: `${id}.json`, content: record(id) }))]));
  expect((await look(server, keep)).ids).toEqual(["A-1", "A-2", "A-3", "A-4"]);

  const many = Array.from({ length: 2500 }, (_, i) => `2026-11-27T06:00:00Z,MAL-${i}\n`).join("");
  put(server, "modified_id.csv", `${many}2026-11-27T05:00:00Z,A-4\n2026-11-26T01:00:00Z,A-1\n`);
  server.asked.length = 0;
  expect((await look(server, keep)).failure).toBeUndefined();
  expect(server.asked.some((asked) => asked.includes("MAL-"))).toBe(false);
});

test("a mirror without ranges and without a list of changes is read as a whole each time", async () => {
  const [server, keep] = [await aMirror(), aKeep()];
  server.artifacts.delete("/npm/modified_id.csv");
  server.misbehave = (request, response) => {
    const bytes = server.artifacts.get(request.url ?? "");
    if (bytes) response.end(bytes);
    return bytes !== undefined;
  };
  for (const at of [now, later])
    expect(await look(server, keep, at)).toEqual({ ids: ["A-1", "A-2", "A-3"], fetchedAt: at.toISOString(), failure: undefined });
});

describe("what was read last stays in use, with its age, when the source", () => {
  test.each<[string, (server: RangeServer) => void, RegExp]>([
    ["is gone", (server) => server.artifacts.clear(), /there is no .*all\.zip/],
    ["answers that it is broken", (server) => misbehave(server, (response) => response.writeHead(503).end()), /the server answered 503/],
    ["refuses", (server) => misbehave(server, (response) => response.writeHead(403).end()), /the server answered 403/],
    ["says nothing", (server) => misbehave(server, () => undefined), /no byte within 0\.3 s/],
    [
      "stops in the middle",
      (server) => misbehave(server, (response) => response.writeHead(200, { "Content-Length": 500 }).write("2026")),
      /no byte within|terminated/,
    ],
    [
      "cuts off",
      (server) =>
        misbehave(server, (response) => response.writeHead(200, { "Content-Length": 500 }).write("2026", () => response.destroy())),
      /cannot be read/,
    ],
    ["sends a page", (server) => misbehave(server, (response) => response.end("<html>sign in</html>\n")), /is no list of changes/],
    ["has another zip", (server) => withoutChanges(server, aZip([{ name: "a.txt", content: "x" }])), /holds no advisories/],
    [
      "has a zip that is cut off",
      (server) => withoutChanges(server, aZip([{ name: "A-1.json", content: record("A-1") }]).subarray(0, -5)),
      /only part of one/,
    ],
    [
      "has advisories of something else",
      (server) => withoutChanges(server, aZip([{ name: "A-1.json", content: '{"id":"A-1","affected":[]}' }])),
      /0 advisories about npm, where there were 3/,
    ],
    ["has a change that is no JSON", (server) => void put(server, "A-3.json", "{"), /A-3\.json holds no JSON/],
    [
      "claims a zip beyond all bounds",
      (server) => misbehave(server, (response) => response.writeHead(200, { "Content-Length": 1e12 }).write("x")),
      /more than/,
    ],
  ])("%s", async (_, harm, why) => {
    const [server, keep] = [await aMirror(), aKeep()];
    await look(server, keep);
    harm(server);
    expect(await look(server, keep, later)).toEqual({
      ids: ["A-1", "A-2", "A-3"],
      fetchedAt: now.toISOString(),
      failure: expect.stringMatching(why),
    });
    // and the next look starts from what is good
    server.misbehave = (request, response) => answersWhole(server, request, response);
    for (const [path, bytes] of (await aMirror()).artifacts) server.artifacts.set(path, bytes);
    expect(await look(server, keep, later)).toMatchObject({ fetchedAt: later.toISOString(), failure: undefined });
  });

  test("has less than half of what there was", async () => {
    const [server, keep] = [await aMirror(), aKeep()];
    const zipOf = (count: number) => aZip(Array.from({ length: count }, (_, i) => ({ name: `A-${i}.json`, content: record(`A-${i}`) })));
    withoutChanges(server, zipOf(150));
    await look(server, keep);
    withoutChanges(server, zipOf(70));
    expect((await look(server, keep, later)).failure).toMatch(/holds 70 advisories about npm, where there were 150: that is not believed/);
    withoutChanges(server, zipOf(80));
    expect((await look(server, keep, later)).failure).toBeUndefined();
  });
});

test("where nothing was ever read, nothing is known", async () => {
  const server = await aMirror();
  server.artifacts.clear();
  expect(await look(server, aKeep())).toEqual({ ids: undefined, fetchedAt: undefined, failure: expect.stringContaining("there is no") });
});

test("what another version of the program kept is not understood, and read again", async () => {
  const server = await aMirror();
  const old = new Map<string, string>();
  const head = { format: 99, ecosystem: "npm", newest: "2026-11-26T03:00:00.5Z", count: 0 };
  const getLines = async () => linesOf(JSON.stringify(head));
  expect((await look(server, { ...aKeep(old), getLines })).ids).toEqual(["A-1", "A-2", "A-3"]);
});

type Request = Parameters<RangeServer["misbehave"]>[0];
type Response = Parameters<RangeServer["misbehave"]>[1];

function misbehave(server: RangeServer, answer: (response: Response) => unknown): void {
  server.misbehave = (_, response) => {
    answer(response);
    return true;
  };
}

function withoutChanges(server: RangeServer, zip: Buffer): void {
  server.artifacts.delete("/npm/modified_id.csv");
  put(server, "all.zip", zip);
}
