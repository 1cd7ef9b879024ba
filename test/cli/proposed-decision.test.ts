// The command that a ticket closed as "won't do" proposes is one that the command line takes.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ackCommand } from "../../shared/notify/jira/ticket-words.ts";
import { aFinding } from "../notify/a-finding.ts";
import { smalltarget } from "./run-command.ts";

test("the proposed decision is taken by smalltarget ack, up to the finding that is not there", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "smalltarget-proposed-"));
  const command = ackCommand(aFinding(1), "SEC-1", `Won't Do; rm -rf "$HOME" \`id\``, undefined);
  expect(command).toBe(
    'smalltarget ack F-0000000001 --reason accepted-risk --comment "closed as Wont Do rm -rf HOME id in SEC-1" --until 90d --ticket SEC-1',
  );
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  const ran = await smalltarget(words.slice(1), { cwd });
  rmSync(cwd, { recursive: true, force: true });
  expect(ran.err).toContain("no scan is stored here yet");
  expect(ran.code).toBe(3);
});
