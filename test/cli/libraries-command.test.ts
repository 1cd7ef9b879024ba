import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { aZip } from "../artifacts/a-zip.ts";
import { aFolder, smalltarget } from "./run-command.ts";

const folder = aFolder();
afterAll(() => folder.remove());
const manifest = JSON.stringify({ name: "left", version: "1.2.3" });
const run = (...args: string[]) => smalltarget(["libraries", "list", ...args], { cwd: folder.path });

describe("libraries list", () => {
  test("prints the packages of a zip with what told them, and how much is known", async () => {
    writeFileSync(join(folder.path, "f.zip"), aZip([{ name: "node_modules/left/package.json", content: manifest }]));
    const { code, out, err } = await run("f.zip", "--output", "json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual({
      packages: [
        {
          purl: "pkg:npm/left@1.2.3",
          name: "left",
          ecosystem: "npm",
          version: "1.2.3",
          confidence: "high",
          evidence: { how: "package.json", path: "node_modules/left/package.json" },
        },
      ],
      declared: [],
      coverage: { status: "complete", statements: ["npm: 1 package, all versions known"], opaque: [] },
    });
    expect((await run("f.zip")).out).toMatch(/^PACKAGE +VERSION[\s\S]*left +1\.2\.3[\s\S]*Coverage: complete/);
  });

  test("reads a folder as it reads a zip, and follows no links", async () => {
    const root = join(folder.path, "app");
    mkdirSync(join(root, "node_modules", "left"), { recursive: true });
    writeFileSync(join(root, "node_modules", "left", "package.json"), manifest);
    symlinkSync(root, join(root, "node_modules", "round"));
    const { code, out } = await run("app", "-o", "json");
    expect([code, JSON.parse(out).packages.length]).toEqual([0, 1]);
  });

  test("says what is wrong with a path, and what to name instead", async () => {
    writeFileSync(join(folder.path, "broken.zip"), "no zip at all");
    expect(await run("nowhere")).toMatchObject({ out: "", err: expect.stringContaining("there is no nowhere") });
    const { code, err } = await run("broken.zip");
    expect(err).toContain("broken.zip cannot be read: its end record is missing");
    expect(code).not.toBe(0);
  });
});
