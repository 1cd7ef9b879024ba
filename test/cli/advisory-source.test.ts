/** What a person reads when the server of the advisories is broken: the command as it is typed, a real server beside it. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { aRangeServer, type RangeServer } from "../artifacts/a-range-server.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";
import { aFolder, root } from "./run-command.ts";

const folder = aFolder();
afterAll(() => folder.remove());

let server: RangeServer;
let store = 0;
beforeEach(async () => {
  server = await aRangeServer();
  store += 1;
});

const good = () => aZip([{ name: "GHSA-1.json", content: JSON.stringify(aRecord("GHSA-1", [{ introduced: "0" }, { fixed: "2.0.0" }])) }]);

/** Checks one package in a store of its own, as a person types it. */
function check(...more: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const { PATH = "", SystemRoot = "" } = process.env;
  const typed = ["libraries", "check", "pkg:npm/left@1.0.0", "--advisories", server.url, "--store", `dir:${store}`, ...more];
  const options = { cwd: folder.path, env: { PATH, SystemRoot, HOME: folder.path } };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "cli/smalltarget.ts"), ...typed], options, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

/** Everything that is asked for is answered so. */
function answering(answer: Buffer | string | undefined): void {
  server.misbehave = (request, response) => {
    const list = request.url?.endsWith(".csv") ?? false;
    if (answer === undefined) response.writeHead(429, { "Retry-After": "3600" }).end();
    else if (typeof answer === "string") response.end(answer);
    else if (list) response.writeHead(404).end();
    else response.end(answer);
    return true;
  };
}

const bad: readonly (readonly [string, () => Buffer | string | undefined, RegExp])[] = [
  ["asks for patience", () => undefined, /the server answered 429/],
  ["is the page of a hotel", () => "<html>Welcome</html>", /is no list of changes: "<html>Welcome<\/html>"/],
  ["sends half a zip", () => good().subarray(0, 60), /it is no zip, or cut off/],
  ["sends an empty zip", () => aZip([]), /holds no advisories/],
];

test.each(bad)("a source that %s is no source: nothing is called fine", async (_, answer, why) => {
  answering(answer());
  const { code, out, err } = await check();
  expect([code, out]).toEqual([3, ""]);
  expect(err).toMatch(why);
  expect(err).toMatch(/no advisories could be read: .*name a folder or mirror with --advisories/);
});

test("a source that breaks leaves in use what was read before, and says so", async () => {
  answering(good());
  expect((await check()).out).toMatch(/GHSA-1\n\n1 package: 1 with known holes, 0 that could not be told\.\n$/);
  for (const [, answer, why] of bad) {
    answering(answer());
    const { code, out, err } = await check("--strict");
    expect([code, out]).toEqual([4, expect.stringContaining("1 package: 1 with known holes")]);
    expect(err).toMatch(why);
    expect(err).toContain("; what was read before is used");
  }
});

test("records that are not understood are counted, and a pipeline can fail by them", async () => {
  const broken = [{ id: "GHSA-2", affected: "all" }, { id: "GHSA-3" }].map((one, i) => ({
    name: `${i}.json`,
    content: JSON.stringify(one),
  }));
  const right = { name: "GHSA-1.json", content: JSON.stringify(aRecord("GHSA-1", [{ introduced: "0" }, { fixed: "2.0.0" }])) };
  answering(aZip([right, ...broken, { name: "cut.json", content: '{"id":' }]));
  const { code, out, err } = await check("--strict");
  expect(err).toMatch(/^npm: \d records? of http:\S+ not understood, or only in part$/m);
  expect([code, out]).toEqual([4, expect.stringContaining("GHSA-1")]);
});
