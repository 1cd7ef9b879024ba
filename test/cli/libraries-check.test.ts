import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anOsvApi } from "../advisory-feeds/an-osv-api.ts";
import { anAffected, aRecord } from "../libraries/advisories/an-advisory.ts";
import { aFolder, root, smalltarget } from "./run-command.ts";

const folder = aFolder();
const advisories = join(folder.path, "advisories");
beforeAll(() => {
  mkdirSync(advisories);
  const high = { severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" }] };
  const records = [
    aRecord("GHSA-1", [{ introduced: "0" }, { fixed: "2.0.0" }], { aliases: ["CVE-2026-1"], ...high }),
    aRecord("GHSA-2", [], {
      affected: [anAffected([{ introduced: "1.0" }], "Maven", "org.example:right")],
      database_specific: { severity: "LOW" },
    }),
    aRecord("MAL-1", [], { affected: [anAffected([{ introduced: "0" }], "npm", "@bad/thing")] }),
  ];
  writeFileSync(join(advisories, "all.ndjson"), `${records.map((one) => JSON.stringify(one)).join("\n")}\n`);
  writeFileSync(join(folder.path, "kev.json"), '{"vulnerabilities":[{"cveID":"CVE-2026-1","dueDate":"2026-12-01"}]}');
});
afterAll(() => folder.remove());

/** As a person types it; `input` is what comes by standard input. */
function check(args: readonly string[], input = "") {
  const { PATH = "", SystemRoot = "" } = process.env;
  const ran = spawnSync(process.execPath, [join(root, "cli/smalltarget.ts"), "libraries", "check", ...args], {
    cwd: folder.path,
    env: { PATH, SystemRoot, HOME: folder.path },
    encoding: "utf8",
    input,
  });
  return {
    code: ran.status,
    out: ran.stdout,
    err: ran.stderr,
    lines: () =>
      ran.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  };
}

const jsonl = ["--advisories", "advisories", "--output", "jsonl"];

describe("libraries check", () => {
  test("prints a line for every package URL of the arguments, also where nothing is known", () => {
    const { code, lines, err } = check(["pkg:npm/left@1.0.0", "pkg:npm/left@2.0.0", "pkg:maven/org.example/right@1.5", ...jsonl]);
    expect(lines()).toMatchObject([
      {
        purl: "pkg:npm/left@1.0.0",
        ids: ["GHSA-1"],
        fixed: "2.0.0",
        majorJump: true,
        severity: "HIGH",
        holes: [{ aliases: ["CVE-2026-1"], score: 7.5 }],
      },
      { purl: "pkg:npm/left@2.0.0", ids: [], fixed: null },
      { purl: "pkg:maven/org.example/right@1.5", ids: ["GHSA-2"], fixed: null, severity: "LOW" },
    ]);
    expect(err).toBe("advisories: 3 records in advisories, the newest of 2026-11-20\n");
    expect(code).toBe(0);
  });

  test("reads them from standard input, one a line, and joins what is known to be exploited", () => {
    const { code, lines, err } = check(
      ["-", ...jsonl, "--kev", "kev.json", "--quiet"],
      "pkg:npm/left@1.0.0\r\n\n  pkg:npm/%40bad/thing@1.0.0 \n",
    );
    expect(lines()).toMatchObject([
      { purl: "pkg:npm/left@1.0.0", holes: [{ exploitedDue: "2026-12-01" }] },
      { purl: "pkg:npm/%40bad/thing@1.0.0", ids: ["MAL-1"], fixed: null, severity: "CRITICAL", malicious: true },
    ]);
    expect([code, err]).toEqual([0, ""]);
  });

  test("ends with 1 at the severity that it is told to fail on, and not below", () => {
    expect(check(["pkg:npm/left@1.0.0", ...jsonl, "--fail-on", "high"]).code).toBe(1);
    expect(check(["pkg:maven/org.example/right@1.5", ...jsonl, "--fail-on", "high"]).code).toBe(0);
  });

  test("does not call fine what it cannot tell, and says why; a pipeline can fail by it", () => {
    const untold = ["pkg:npm/left", "pkg:gem/rails@7", "pkg:deb/debian/curl@7"];
    const { code, lines, err } = check([...untold, ...jsonl, "--strict"]);
    expect(lines().map(({ ids }) => ids)).toEqual([null, null, null]);
    expect(err).toMatch(/pkg:npm\/left: .*its version is not given\n.*no advisories of RubyGems\n.*type deb are not looked at/);
    expect(code).toBe(4);
    expect(check([...untold, ...jsonl]).code).toBe(0);
  });

  test("answers for the others where one is no package URL, and ends with 2", () => {
    const { code, lines, err } = check(["left@1.0.0", "pkg:npm/left@1.0.0", ...jsonl]);
    expect(lines()).toMatchObject([{ purl: "left@1.0.0", ids: null, fixed: null }, { ids: ["GHSA-1"] }]);
    expect(err).toContain("left@1.0.0: a package URL reads like pkg:npm/lodash@4.17.20");
    expect(code).toBe(2);
  });

  test("prints a table for people: what to do about each", () => {
    const { out } = check(["pkg:npm/left@1.0.0", "pkg:npm/%40bad/thing@1.0.0", "pkg:npm/fine@1.0.0", "--advisories", "advisories"]);
    expect(out.replaceAll(/ {2,}/g, " | ")).toBe(
      [
        "PACKAGE | SEVERITY | UPGRADE TO | ADVISORIES",
        "pkg:npm/left@1.0.0 | HIGH | 2.0.0 (major jump) | GHSA-1",
        "pkg:npm/%40bad/thing@1.0.0 | CRITICAL | remove it | MAL-1",
        "",
        "3 packages: 2 with known holes, 0 that could not be told.",
        "",
      ].join("\n"),
    );
  });

  test.each([
    [[], 2, /missing required argument 'purl'; .* --help says what there is/],
    [["pkg:npm/left@1", "--advisories", "nowhere"], 2, /--advisories: there is no folder nowhere/],
    [["pkg:npm/left@1", "--advisories", "."], 2, /--advisories: \. (holds no advisories|does not hold OSV records)/],
    [["pkg:npm/left@1", ...jsonl, "--kev", "advisories/all.ndjson"], 2, /--kev advisories\/all\.ndjson: it is no JSON/],
    [
      ["pkg:npm/left@1", "--advisories", "http://127.0.0.1:9"],
      3,
      /no advisories could be read: npm: http:\/\/127\.0\.0\.1:9\/npm\/modified_id\.csv cannot be read/,
    ],
    [["pkg:npm/left@1", ...jsonl, "--store", "dynamodb:X"], 2, /advisories are kept in a folder of this machine, as dir:PATH/],
  ])("says what is wrong with %j", (args, code, message) => {
    const ran = check(args);
    expect(ran.err).toMatch(message);
    expect([ran.code, ran.out]).toEqual([code, ""]);
  });
});

describe("libraries check by OSV's API", () => {
  test("says which names it sends to whom, judges versions itself, and goes on with what it kept when the API is gone", async () => {
    const api = await anOsvApi();
    const modified = "2026-11-20T00:00:00Z";
    const text = JSON.stringify(aRecord("GHSA-1", [{ introduced: "0" }, { fixed: "2.0.0" }], { modified }));
    api.records.set("GHSA-1", { modified, packages: ["left"], text });
    const run = (...purls: string[]) =>
      smalltarget(["libraries", "check", ...purls, "--advisories", `osv-api:${api.url}`, "--output", "jsonl"], { cwd: folder.path });
    const both = ["pkg:npm/left@1.0.0", "pkg:npm/left@2.0.0", "pkg:pypi/Own_Thing@1.0"];

    const { code, out, err } = await run(...both);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).ids);
    expect(lines).toEqual([["GHSA-1"], [], []]);
    expect(err).toContain(`2 package names sent to ${api.url}, without versions: left, own-thing\n`);
    expect(JSON.stringify(api.bodies)).not.toMatch(/version|[12]\.0/);
    expect(code).toBe(0);

    api.close();
    const gone = await run(...both);
    expect([gone.code, gone.out]).toEqual([0, out]);
    expect(gone.err).toMatch(/npm: .* cannot be read: .*; what was read before is used/);
    const other = await run("pkg:npm/right@1.0.0");
    expect([other.code, other.out]).toEqual([3, ""]);
    expect(other.err).toContain("about 1 of the 1 packages it was never asked before");
  });

  test("is asked by its own word alone", () => {
    const ran = check(["pkg:npm/left@1", "--advisories", "https://api.osv.dev/"]);
    expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(/is OSV's API and no bucket: osv-api asks it, and sends it the names/)]);
  });
});
