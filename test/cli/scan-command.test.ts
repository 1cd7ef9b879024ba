import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Failure, failureOf } from "../../cli/failure.ts";
import { buildProgram } from "../../cli/program.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import { aRecording } from "./a-recording.ts";
import { aFolder, smalltarget } from "./run-command.ts";

const recordings = aFolder();
let replay: string;

beforeAll(async () => {
  replay = await aRecording(recordings.path);
});
afterAll(() => recordings.remove());

/** Each test has a folder of its own, where it runs. */
async function inFolder<T>(use: (cwd: string) => Promise<T>): Promise<T> {
  const folder = aFolder();
  try {
    return await use(folder.path);
  } finally {
    folder.remove();
  }
}

/** Something that answers every request like AWS with this error. */
async function refusing<T>(code: string, status: number, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { "content-type": "text/xml" });
    response.end(`<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>said ${code}</Message></Error></ErrorResponse>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** What would be said and the exit code, without a process of its own. */
async function failureAfter(store: readonly string[], args: readonly string[]): Promise<Failure> {
  try {
    await buildProgram().parseAsync([...args.slice(0, 1), ...store, ...args.slice(1)], { from: "user" });
  } catch (error) {
    return failureOf(error);
  }
  throw new Error("it did not fail");
}

const lines = (text: string) => text.trimEnd().split("\n").length;
const keys = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example", AWS_REGION: "eu-west-1" };

describe("scan of a recording", () => {
  test("prints the page, keeps the scan, and says nothing new the second time", async () => {
    await inFolder(async (cwd) => {
      const first = await smalltarget(["scan", "--replay", replay], { cwd });
      expect(first).toMatchObject({ code: 0, err: "" });
      expect(first.out).toContain("orders-api     eu-west-1  24 Nov 2026");
      expect(first.out).toContain(
        "WOULD BE SENT   1 summary of 7 findings: core 1, payments 4, nobody 2 (on 2 resources without an owner)",
      );
      expect(first.out).toContain("COULD NOT LOOK  ap-southeast-2: lambda:ListFunctions refused (AccessDeniedException)");
      expect(first.out).toContain("first look at this account");
      const second = await smalltarget(["scan", "--replay", replay], { cwd });
      expect(second.out).toContain("nothing new since the last scan");
      expect(second.out).toContain("WOULD BE SENT   nothing");
    });
  });

  test("writes the document to a file, whole, and leaves nothing beside it", async () => {
    await inFolder(async (cwd) => {
      const ran = await smalltarget(["scan", "--replay", replay, "--store", "none", "--output", "json", "--out", "scan.json"], { cwd });
      expect(ran).toMatchObject({ code: 0, out: "" });
      const document = JSON.parse(readFileSync(join(cwd, "scan.json"), "utf8")) as ScanDocument;
      expect(document.functions.map(({ name }) => name).sort()).toEqual(["legacy-import", "orders-api", "resize-old", "thumbnails"]);
      expect(readdirSync(cwd)).toEqual(["scan.json"]);
    });
  });

  test("exits 1 for a grave finding, which wins over 4 for what could not be looked at", async () => {
    await inFolder(async (cwd) => {
      const scan = (...more: string[]) => smalltarget(["scan", "--replay", replay, "--store", "none", ...more], { cwd });
      expect((await scan("--strict", "--fail-on", "high")).code).toBe(1);
      expect((await scan("--strict", "--fail-on", "critical")).code).toBe(4);
    });
  });

  test("survives a reader that stops reading", async () => {
    await inFolder(async (cwd) => {
      const ran = await smalltarget(["scan", "--replay", replay, "--store", "none"], {
        cwd,
        meanwhile: (child) => child.stdout?.destroy(),
      });
      expect(ran).toMatchObject({ code: 0, err: "" });
    });
  });
});

describe("bad input", () => {
  const settings = (text: string) => (cwd: string) => writeFileSync(join(cwd, "settings.json"), text);
  const recording = (change: (text: string) => string) => (cwd: string) =>
    writeFileSync(join(cwd, "bad.ndjson"), change(readFileSync(replay, "utf8")));
  const offline = ["scan", "--replay", "REPLAY"];

  test.each([
    ["an unknown option", ["scan", "--regoin", "eu-west-1"], /unknown option '--regoin' \(Did you mean --region\?\)/],
    ["an unknown severity", ["scan", "--fail-on", "hihg"], /did you mean HIGH\?/],
  ])("%s: one line, exit 2, nothing written", async (_what, args, expected) => {
    await inFolder(async (cwd) => {
      const ran = await smalltarget(args, { cwd });
      expect(ran).toMatchObject({ code: 2, out: "", err: expect.stringMatching(expected) });
      expect(lines(ran.err)).toBe(1);
      expect(readdirSync(cwd)).toEqual([]);
    });
  });

  test.each<[string, string[], RegExp, ((cwd: string) => void)?]>([
    ["a Region that does not exist", [...offline, "--region", "eu-wst-1"], /eu-wst-1 is not enabled.*did you mean eu-west-1\?/],
    [
      "a settings file that is not there",
      [...offline, "--settings", "FOLDER/none.json"],
      /cannot read the settings file .*none.json: there is no such file/,
    ],
    ["a settings file that is not JSON", [...offline, "--settings", "FOLDER/settings.json"], /settings.json is not JSON/, settings("{")],
    [
      "an unknown key in the settings",
      [...offline, "--settings", "FOLDER/settings.json"],
      /unknown key "regoins"; did you mean "regions"\?/,
      settings('{"regoins":[]}'),
    ],
    ["a recording that is not there", ["scan", "--replay", "FOLDER/none.ndjson"], /cannot read the recording .*none.ndjson/],
    [
      "a truncated recording",
      ["scan", "--replay", "FOLDER/bad.ndjson"],
      /bad.ndjson is truncated/,
      recording((text) => text.trimEnd().split("\n").slice(0, -1).join("\n")),
    ],
    ["a cut recording", ["scan", "--replay", "FOLDER/bad.ndjson"], /not a whole recording/, recording((text) => text.slice(0, 5000))],
    ["a foreign file", ["scan", "--replay", "FOLDER/bad.ndjson"], /not a recording made by smalltarget/, recording(() => '{"a":1}\n')],
    ["a store of no kind", [...offline, "--store", "postgres:x"], /--store postgres:x: must be dir:PATH/],
    ["a channel of no kind", [...offline, "--notify", "mail:me"], /--notify mail:me: must be sns:/],
    ["two tapes at once", [...offline, "--record", "FOLDER/x"], /exclude each other/],
  ])("%s: one line, exit 2, no scan", async (_what, args, expected, prepare) => {
    await inFolder(async (cwd) => {
      prepare?.(cwd);
      const given = args.map((arg) => arg.replace("REPLAY", replay).replace("FOLDER", cwd));
      const failure = await failureAfter(["--store", `dir:${cwd}/store`], given);
      expect(failure).toEqual({ exitCode: 2, line: expect.stringMatching(expected) });
      expect(failure.line).not.toContain("\n");
      expect(existsSync(join(cwd, "store", "blobs"))).toBe(false);
    });
  });

  test("no credentials: one line, exit 3, nothing written", async () => {
    await inFolder(async (cwd) => {
      const ran = await smalltarget(["scan", "--record", "x.ndjson"], { cwd });
      expect(ran).toMatchObject({ code: 3, out: "", err: expect.stringMatching(/no AWS credentials.*aws sso login/) });
      expect(lines(ran.err)).toBe(1);
      expect(readdirSync(cwd)).toEqual([]);
    });
  });

  test.each([
    ["ExpiredToken", /sts:GetCallerIdentity: the session has expired \(ExpiredToken\): sign in again/],
    ["InvalidClientTokenId", /AWS does not accept these credentials/],
    ["AccessDenied", /sts:GetCallerIdentity refused .* allow sts:GetCallerIdentity/],
  ])("%s from AWS: one line, exit 3, nothing written", async (code, expected) => {
    await inFolder((cwd) =>
      refusing(code, 403, async (url) => {
        const ran = await smalltarget(["scan"], { cwd, env: { ...keys, AWS_ENDPOINT_URL: url } });
        expect(ran).toMatchObject({ code: 3, out: "", err: expect.stringMatching(expected) });
        expect(lines(ran.err)).toBe(1);
        expect(readdirSync(cwd)).toEqual([]);
      }),
    );
  });

  test("a topic that does not exist: one line, exit 2, nothing scanned", async () => {
    await inFolder((cwd) =>
      refusing("NotFound", 404, async (url) => {
        const args = ["scan", "--replay", replay, "--notify", "sns:arn:aws:sns:eu-west-1:111122223333:none"];
        const ran = await smalltarget(args, { cwd, env: { ...keys, AWS_ENDPOINT_URL: url } });
        expect(ran).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/the topic does not exist: check the ARN/) });
        expect(lines(ran.err)).toBe(1);
        expect(existsSync(join(cwd, ".smalltarget", "blobs"))).toBe(false);
      }),
    );
  });

  test("--debug adds the stack trace", async () => {
    await inFolder(async (cwd) => {
      const ran = await smalltarget(["scan", "--replay", "none.ndjson", "--debug"], { cwd });
      expect(ran.code).toBe(2);
      expect(ran.err).toMatch(/ {4}at /);
    });
  });
});
