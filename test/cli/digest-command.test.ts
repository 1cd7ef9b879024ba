import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../cli/open-store.ts";
import { buildProgram } from "../../cli/program.ts";
import { markTold, toldNow } from "../../shared/model/outbox.ts";
import { account } from "../notify/a-finding.ts";
import { aRecording } from "./a-recording.ts";
import { captureOutput, withoutOutput } from "./captured-output.ts";
import { aFolder } from "./run-command.ts";

const folder = aFolder();
const store = `dir:${join(folder.path, "store")}`;
const printed = captureOutput();

beforeAll(async () => {
  const replay = await aRecording(folder.path);
  await withoutOutput(() => buildProgram().parseAsync(["scan", "--replay", replay, "--store", store, "--quiet"], { from: "user" }));
});
afterAll(() => folder.remove());

async function digest(...args: string[]): Promise<string> {
  printed.clear();
  await buildProgram().parseAsync(["digest", ...args, "--store", store], { from: "user" });
  return printed.out;
}

async function stateNow() {
  const kept = await openStore({ store }, "read");
  const state = await (await kept?.table())?.state(account);
  await kept?.close();
  return state;
}

describe("digest --preview", () => {
  test("before there is a channel: a digest for each owner, of all that is open", async () => {
    const text = await digest("--preview");
    const subjects = [...text.matchAll(/^Subject: (.*)$/gm)].map(([, subject]) => subject);
    expect(subjects.length).toBeGreaterThan(1);
    expect(subjects.at(-1)).toMatch(/Daily digest of what nobody owns, account 111122223333: /);
    expect(printed.err).toContain("no channel is connected yet");
  });

  test("for one owner: only its findings, with the command that lists them", async () => {
    const text = await digest("--preview", "--owner", "core");
    expect([...text.matchAll(/^Subject: /gm)]).toHaveLength(1);
    expect(text).toMatch(/Subject: \[\w+\] Daily digest for core, account/);
    expect(text).toContain("All of them:     smalltarget findings --all --team core\n");
    await expect(digest("--preview", "--owner", "cor")).rejects.toThrow("did you mean core?");
  });

  test("of the week: opens with what is most worth doing; as JSON too", async () => {
    expect(await digest("--preview", "--weekly")).toMatch(
      /^Subject: \[HIGH\] Week to .*\n\nThe week to [\s\S]*Most worth doing now\n\n1\. /,
    );
    const [message] = JSON.parse(await digest("--preview", "--weekly", "--output", "json", "--quiet"));
    expect(message).toMatchObject({ channel: null, kind: "digest", severity: "HIGH", findingIds: [] });
    expect(printed.err).toBe("");
  });

  test("says what is left of the outbox of each channel, and writes nothing", async () => {
    const kept = await openStore({ store }, "scan");
    const table = await kept.table();
    const state = await table.state(account);
    const channels = {
      mail: { since: "", singlesSentAt: [] },
      gone: { since: "", singlesSentAt: [], removedAt: "2026-11-24T06:00:00.000Z" },
    };
    await table.saveState(account, { ...state, channels });
    const [first, ...others] = await table.findings(account, ["eu-west-1", "us-east-1", "global"]);
    // the channel has heard of all but one
    await table.saveFindings(
      others.map((finding) => ({ finding: markTold(finding, "mail", toldNow(finding, "M-1")), previousVersion: finding.version })),
    );
    await kept.close();
    const text = await digest("--preview");
    expect([...text.matchAll(/^Channel: (.*)$/gm)].map(([, name]) => name)).toEqual(["mail"]);
    expect(text).toContain(first?.id ?? "no finding");
    expect(await digest("--preview")).toBe(text);
    expect(await digest("--preview", "--weekly")).toMatch(/^Channel: mail\nSubject: /);
  });

  test("with settings that are only planned: their channels by their routes, a new one begins with its summary, one that is left out says nothing", async () => {
    const settings = join(folder.path, "planned.json");
    const channels = { chat: { kind: "slack", webhook: "ssm:/not/there" }, bus: { kind: "eventbridge", bus: "b" } };
    const routes = [{ teams: ["core"], channels: ["chat"] }, { channels: ["bus"] }];
    const planned = { channels, routes, digest: { weeklyOn: "thursday" } };
    writeFileSync(settings, JSON.stringify(planned));
    const before = await stateNow();
    const messages = JSON.parse(await digest("--preview", "--settings", settings, "-o", "json", "--quiet"));
    expect(messages.map(({ channel, kind }: { channel: string; kind: string }) => [channel, kind])).toEqual([
      ["chat", "summary"],
      ["bus", "summary"],
    ]);
    expect(messages[0].teams).toEqual(["core"]);
    expect(messages[1].teams.length).toBeGreaterThan(1);
    const weekly = await digest("--preview", "--weekly", "--settings", settings);
    expect([...weekly.matchAll(/^Channel: (.*)$/gm)].map(([, name]) => name)).toEqual(["chat"]);
    expect(await stateNow()).toEqual(before);
  });

  test("with settings that name no channel, or are wrong", async () => {
    const settings = join(folder.path, "planned.json");
    writeFileSync(settings, "{}");
    expect(await digest("--preview", "--settings", settings)).toBe(await digest("--preview"));
    writeFileSync(settings, '{"channels": {"chat": {"kind": "slak"}}}');
    await expect(digest("--preview", "--settings", settings)).rejects.toThrow(/slack/);
  });

  test("without --preview says who sends digests", async () => {
    await expect(digest()).rejects.toThrow("digests are sent by the scans themselves");
  });
});
