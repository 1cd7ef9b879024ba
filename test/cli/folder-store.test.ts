import { chmodSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../cli/open-store.ts";
import { buildProgram } from "../../cli/program.ts";
import { anAccount } from "../an-account.ts";
import { storeScan } from "./a-stored-scan.ts";
import { captureOutput } from "./captured-output.ts";
import { aFolder, smalltarget } from "./run-command.ts";

let folder = aFolder();
let store = "";
let path = "";
const printed = captureOutput();

beforeEach(async () => {
  folder = aFolder();
  store = await storeScan(folder.path, anAccount());
  path = join(folder.path, "store");
});
afterEach(() => {
  folder.remove();
});

async function run(...args: string[]): Promise<string> {
  printed.clear();
  await buildProgram().parseAsync([...args, "--store", store, "--quiet"], { from: "user" });
  return printed.out;
}

const files = () => readdirSync(path, { recursive: true }).sort();

describe("reading a local folder", () => {
  test("opens no table, and leaves every file as it was", async () => {
    const before = files();
    // whoever opened this table would fail
    for (const name of readdirSync(join(path, "table")))
      if (/^(CURRENT|MANIFEST)/.test(name)) writeFileSync(join(path, "table", name), "x");
    for (const command of ["functions", "findings", "resources", "status", "cost"]) expect(await run(command)).not.toBe("");
    expect(files()).toEqual(before);
  });

  test("of a version that kept no list of scans asks the table", async () => {
    rmSync(join(path, "blobs", "scan-list"), { recursive: true });
    expect(await run("functions")).toContain("orders-api");
  });

  test("that cannot be written works, also for what only the table knows", async () => {
    const protect = (mode: number) => {
      for (const name of files()) {
        const file = join(path, String(name));
        chmodSync(file, statSync(file).isDirectory() ? mode : mode & 0o666);
      }
      chmodSync(path, mode);
      chmodSync(folder.path, mode);
    };
    protect(0o555);
    try {
      // the superuser may write everywhere: then somebody else has to ask
      const user = process.getuid?.() === 0 ? { uid: 65_534 } : {};
      const list = await smalltarget(["own", "--list", "-o", "json", "--store", store], { cwd: folder.path, ...user });
      expect(list).toMatchObject({ code: 0, out: "[]\n" });
      const own = await smalltarget(["own", "orders-api", "payments", "--store", store], { cwd: folder.path, ...user });
      expect(own).toMatchObject({ code: 3, out: "" });
      expect(own.err).toContain(`${path} cannot be written`);
      const functions = await smalltarget(["functions", "--store", store], { cwd: folder.path, ...user });
      expect(functions.out).toContain("orders-api");
    } finally {
      protect(0o755);
    }
  });
});

describe("a table that forgot", () => {
  test("everything ends the scan before it begins: a new history is for a person to begin", async () => {
    rmSync(join(path, "table"), { recursive: true });
    const message = /has lost its history: account 111122223333 was scanned into this folder.*begin anew after mv .*store\.lost/;
    await expect(openStore({ store }, "scan")).rejects.toThrow(message);
    expect(existsSync(join(path, "table.json"))).toBe(false);
  });

  test("the last scan only goes on, and says so", async () => {
    const kept = await openStore({ store }, "scan");
    const table = await kept.table();
    const [last] = await kept.scans("111122223333");
    if (!last) throw new Error("no scan");
    const next = { ...last, id: "next", startedAt: "2026-11-25T06:00:00.000Z" };
    await table.saveScan(next);
    // as after a power failure: the list was on the disk, the table's last write was not
    await table.saveScan({ ...next, outcome: "running" });
    const { keepScanList } = await import("../../cli/scan-list.ts");
    await keepScanList(kept.blobs, "111122223333", [next, last]);
    await kept.close();
    await (await openStore({ store }, "scan")).close();
    expect(printed.err).toMatch(/does not know the last scan .*this scan goes by what it knew before/);
  });
});

test("a first scan that runs is shown by status, and named by whoever wants its result", async () => {
  const other = `dir:${join(folder.path, "first")}`;
  const kept = await openStore({ store: other }, "scan");
  const facts = { complete: false, functions: 0, openFindings: 0, apiCalls: 0, incomplete: [] };
  await (await kept.table()).saveScan({
    id: "x",
    account: "111122223333",
    startedAt: "2026-11-24T06:00:00.000Z",
    outcome: "running",
    ...facts,
  });
  store = other;
  expect(await run("status")).toMatch(/Running +since 2026-11-24 06:00 UTC.*\nLast scan +none yet: the first one is running/);
  await expect(run("functions")).rejects.toThrow("the first scan of account 111122223333, begun 2026-11-24 06:00 UTC, has not finished");
  await kept.close();
});

test("status says since when something could not be looked at", async () => {
  const kept = await openStore({ store }, "scan");
  const [first] = await kept.scans("111122223333");
  if (!first) throw new Error("no scan");
  const missing = { collector: "functions", region: "eu-west-1", status: "denied" };
  const save = async (day: number, incomplete: (typeof missing)[]) => {
    const startedAt = `2026-11-${day}T06:00:00.000Z`;
    await (await kept.table()).saveScan({ ...first, id: String(day), startedAt, finishedAt: startedAt, incomplete });
  };
  await save(25, []);
  await save(26, [missing]);
  await save(27, [{ ...missing, collector: "tags" }, missing]);
  await kept.close();
  const lines = (await run("status")).split("\n").filter((line) => line.includes("denied"));
  expect(lines[0]).toMatch(/denied$/);
  expect(lines[1]).toMatch(/denied, since 2026-11-26 06:00 UTC$/);
});
