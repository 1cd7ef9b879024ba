import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aFolder, smalltarget } from "./run-command.ts";

test("npm start shows the sample account without credentials; started twice it has nothing new to say", async () => {
  const folder = aFolder();
  const start = () => smalltarget([], { cwd: folder.path, script: "cli/start.ts" });
  const first = await start();
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toMatch(
    /^Small Target {3}account 111122223333 \(fernhill-prod\) "sample" {3}3 Regions, 1 not readable {3}\d+ functions/,
  );
  expect(first.out).toContain("first look at this account: nothing is sent one by one");
  expect(first.out).toMatch(/WOULD BE SENT {3}1 summary of \d+ findings: /);
  expect(first.out).toMatch(/COULD NOT LOOK {2}ap-southeast-2: lambda:ListFunctions refused/);
  expect(first.out).toContain("STORED          .smalltarget/");
  expect(first.out).toContain("LOOK            .smalltarget/report.html");
  expect(readFileSync(join(folder.path, ".smalltarget", "report.html"), "utf8")).toContain("Account 111122223333");
  const second = await start();
  expect(second.out).toContain("nothing new since the last scan");
  expect(second.out).toContain("WOULD BE SENT   nothing");
  const next = /show (F-\w+)/.exec(second.out)?.[1] ?? "";
  expect((await smalltarget(["show", next], { cwd: folder.path })).out).toContain("What to do");
  folder.remove();
});

test("npm start with a command after it says what to type instead of showing the sample", async () => {
  const folder = aFolder();
  const ran = await smalltarget(["scan", "--profile", "me"], { cwd: folder.path, script: "cli/start.ts" });
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toMatch(/^smalltarget: npm start shows the sample account .* -- scan --profile me\n$/);
  folder.remove();
});
