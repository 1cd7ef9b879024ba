import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { loadAdvisories } from "../../cli/advisories.ts";
import { aRangeServer, type RangeServer } from "../artifacts/a-range-server.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { anAffected, aRecord } from "../libraries/advisories/an-advisory.ts";
import { aFolder } from "./run-command.ts";

const folder = aFolder();
afterAll(() => folder.remove());

const patience = { idleMs: 1000, totalMs: 2000, pausesMs: [1] };
const ecosystems = ["npm", "PyPI", "Go"] as const;
const wanted = ecosystems.map((ecosystem) => ({ ecosystem, name: "left" }));
const now = new Date("2026-11-27T12:00:00Z");
let server: RangeServer;
let store = 0;

beforeEach(async () => {
  server = await aRangeServer();
  store += 1;
  for (const ecosystem of ecosystems) {
    const record = aRecord(`A-${ecosystem}`, [], { affected: [anAffected([{ introduced: "0" }], ecosystem, "left")] });
    server.artifacts.set(`/${ecosystem}/all.zip`, aZip([{ name: "A.json", content: JSON.stringify(record) }]));
  }
});

const load = (at = now) =>
  loadAdvisories({ place: server.url, keep: join(folder.path, String(store)), patience }, wanted, at, () => undefined);

/** A byte every 100 ms, and no end of it. */
function drip(): void {
  server.misbehave = (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(" "), 100);
    response.on("close", () => clearInterval(timer));
    return true;
  };
}

test("a source that sends a byte now and then is given up once, not once for each ecosystem; nothing is called fine", async () => {
  drip();
  await expect(load()).rejects.toThrow(/no advisories could be read: npm: .*takes too long; PyPI: .*it did not answer before; Go: /);
  expect(server.asked.filter((asked) => !asked.includes("/npm/"))).toEqual([]);
});

test("what was kept of every ecosystem is then in use, with its age", async () => {
  await load();
  drip();
  const { index, notes, incomplete } = await load(new Date("2026-11-30T12:00:00Z"));
  expect(ecosystems.map((ecosystem) => index.package(ecosystem, "left")?.entries.length)).toEqual([1, 1, 1]);
  expect(notes.filter((note) => note.endsWith(", 3 days old (too old to rely on)"))).toHaveLength(3);
  expect(notes.filter((note) => note.includes("; what was read before is used"))).toHaveLength(3);
  expect(incomplete).toBe(true);
});

test("a server that cuts one answer off is asked for the others", async () => {
  server.misbehave = (request, response) => {
    if (!request.url?.startsWith("/npm/")) return false;
    response.writeHead(200, { "Content-Length": "5000" }).write("PK");
    setTimeout(() => response.destroy(), 20);
    return true;
  };
  const { index, notes } = await load();
  expect([...index.ecosystems]).toEqual(["PyPI", "Go"]);
  expect(notes[0]).toMatch(/^npm: .* cannot be read: terminated/);
});
