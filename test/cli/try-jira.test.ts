// `smalltarget channels test` with a Jira: what a person reads, and that no ticket is made.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AJira } from "../notify/jira/a-jira.ts";
import { aFolder, smalltarget } from "./run-command.ts";

const folder = aFolder();
let jira: AJira;
beforeAll(async () => {
  jira = await AJira.open(3);
  const tickets = { kind: "jira", site: jira.site, project: "SEC", account: "bot@example.com", token: "env:JIRA_TOKEN" };
  writeFileSync(join(folder.path, "settings.json"), JSON.stringify({ channels: { tickets } }));
});
afterAll(async () => {
  await jira.close();
  folder.remove();
});

const tryOut = () => smalltarget(["channels", "test", "--settings", "settings.json"], { cwd: folder.path, env: { JIRA_TOKEN: "hunter2" } });

test("says that tickets can be made and none was, or which permission is missing", { timeout: 120_000 }, async () => {
  const good = await tryOut();
  expect(good.out).toBe("tickets (jira): is in order: tickets can be made in SEC; none was made to try it\n");
  expect(good.code).toBe(0);
  expect(jira.tickets.size).toBe(0);
  jira.lacking.add("CREATE_ISSUES");
  const bad = await tryOut();
  expect(bad.out).toMatch(/^tickets \(jira\): did not take it: Jira project SEC: bot@example\.com lacks Create Issues: an administrator/);
  expect(bad.code).toBe(3);
});
