import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anAccount } from "../an-account.ts";
import { storeScan } from "./a-stored-scan.ts";
import { aFolder, root } from "./run-command.ts";

const folder = aFolder();
const hook = join(folder.path, "list-loaded.mjs");
let store = "";

beforeAll(async () => {
  store = await storeScan(folder.path, anAccount());
  writeFileSync(
    hook,
    `import { registerHooks } from "node:module";
import { writeFileSync } from "node:fs";
const loaded = [];
registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
process.on("exit", () => writeFileSync(process.env.LOADED, loaded.join("\\n")));
`,
  );
});
afterAll(() => folder.remove());

/** What a command loads, beside Node's own modules. */
function loadedBy(...args: string[]): { code: number | null; files: string } {
  const list = join(folder.path, "loaded.txt");
  const { PATH = "" } = process.env;
  const { status } = spawnSync(process.execPath, ["--import", pathToFileURL(hook).href, join(root, "cli", "smalltarget.ts"), ...args], {
    cwd: folder.path,
    env: { PATH, HOME: folder.path, LOADED: list },
  });
  const files = readFileSync(list, "utf8");
  rmSync(list);
  return { code: status, files };
}

describe("what asks AWS or holds a table is not loaded by", () => {
  test.each([
    ["--help"],
    ["help", "findings"],
    ["scan", "--help"],
    ["alarms", "plan", "--help"],
    ["explain"],
    ["functions"],
    ["findings"],
    ["findings", "--rule", "lambda"],
    ["show", "mailer"],
    ["resources"],
    ["relations"],
    ["prune", "legacy-import"],
    ["inventory", "-o", "csv"],
    ["status"],
    ["cost"],
  ])("%s %s %s", (...args) => {
    const words = args.filter((word) => word !== undefined);
    const reads = !words.some((word) => /help|explain/.test(word));
    const { code, files } = loadedBy(...words, ...(reads ? ["--store", store] : []));
    expect(code).toBe(0);
    expect(files).toContain("cli/main.ts");
    expect(files).not.toMatch(/@aws-sdk|@smithy|dynalite|hucre|dagre|collect\/collect-region/);
  });
});

test("only the command that is typed is loaded", () => {
  const { files } = loadedBy("functions", "--store", store);
  expect(files.match(/cli\/commands\/[\w-]+/g)).toEqual(["cli/commands/functions"]);
  expect(loadedBy("--help").files).not.toContain("cli/commands/");
});
