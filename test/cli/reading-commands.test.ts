import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureOf } from "../../cli/failure.ts";
import { buildProgram } from "../../cli/program.ts";
import { awsError } from "../stub-account.ts";
import { aRecording } from "./a-recording.ts";
import { captureOutput, withoutOutput } from "./captured-output.ts";
import { aFolder } from "./run-command.ts";

const folder = aFolder();
const store = join(folder.path, "store");
const printed = captureOutput();

beforeAll(async () => {
  const replay = await aRecording(folder.path);
  await withoutOutput(() => buildProgram().parseAsync(["scan", "--replay", replay, "--store", `dir:${store}`], { from: "user" }));
});
afterAll(() => folder.remove());

async function run(...args: string[]): Promise<string> {
  await buildProgram().parseAsync([...args, "--store", `dir:${store}`], { from: "user" });
  return printed.out;
}

describe("functions", () => {
  test("lists what is most interesting first, and says how old the scan is", async () => {
    const lines = (await run("functions")).split("\n");
    expect(lines[0]).toMatch(/^FUNCTION +REGION +LAST USED +QUIET +TIMEOUT +LONGEST RUN +HEADROOM +VERDICT +SET TO( |$)/);
    expect(lines[1]).toMatch(/^orders-api +eu-west-1 +24 Nov 2026 +0 d +10 s +9\.7 s +# +3 % +tight +\d+ s( |$)/);
    expect(printed.err).toMatch(/^account 111122223333, scanned 2026-11-24 06:00 UTC, .* ago, incomplete\n$/);
  });

  test("sorts and filters", async () => {
    const functions = JSON.parse(await run("functions", "--sort", "quiet", "--quiet-for", "30", "--output", "json", "--quiet"));
    expect(functions.map(({ name }: { name: string }) => name)).toEqual(["legacy-import", "resize-old"]);
    expect(printed.err).toBe("");
  });

  test("answers in CSV for one team and one verdict", async () => {
    const lines = (await run("functions", "--team", "core", "--verdict", "loose", "--output", "csv")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^thumbnails,eu-west-1,invoked,2026-11-24,0,900,/);
  });
});

describe("findings", () => {
  test("filters by severity, team, rule group and Region", async () => {
    const ids = async (...more: string[]) => {
      printed.clear();
      return JSON.parse(await run("findings", "--output", "json", ...more)).map((one: { rule: string }) => one.rule);
    };
    expect(await ids("--severity", "HIGH")).toEqual(["lambda/timeout-too-tight"]);
    expect(await ids("--team", "unowned", "--rule", "scan")).toEqual(["scan/coverage-incomplete"]);
    expect(await ids("--region", "us-east-1")).toEqual(["lambda/never-invoked-function"]);
    expect(await ids("--since", "2026-11-25")).toEqual([]);
    expect(await ids("--status", "RESOLVED")).toEqual([]);
  });

  test("counts by rule and by owner before it lists, rule by rule", async () => {
    const text = await run("findings");
    expect(text).toMatch(/^FINDINGS {3}1 high/);
    expect(text).toMatch(/COUNT +GRAVEST +RULE\n +1 +HIGH +lambda\/timeout-too-tight\n/);
    expect(text).toMatch(/COUNT +GRAVEST +OWNER\n/);
    expect(text.indexOf("OWNER")).toBeLessThan(text.indexOf("F-"));
  });

  test.each([
    [["findings", "--rule", "lamda"], "did you mean lambda?"],
    [["findings", "--team", "paymnts"], 'the last scan knows no team "paymnts"; did you mean payments?'],
    [["functions", "--team", "cor"], "did you mean core?"],
    [["functions", "--region", "eu-west-2"], 'the last scan did not look at "eu-west-2"; did you mean eu-west-1?'],
    [["findings", "--severity", "hig"], "did you mean HIGH?"],
    [["functions", "--verdict", "lose"], "did you mean loose?"],
  ])("%j: %s", async (args, hint) => {
    await expect(run(...args).catch((error: Error) => Promise.reject(new Error(error.message)))).rejects.toThrow(hint);
  });

  test("a team that owns something but has no finding is no slip", async () => {
    expect(await run("findings", "--team", "core", "--severity", "CRITICAL")).toBe("No finding answers to that.\n");
  });

  test("names the nearest rule", async () => {
    await expect(run("findings", "--rule", "lambda/unsed")).rejects.toThrow("did you mean lambda/unused-function?");
  });
});

describe("show", () => {
  test("shows a finding with evidence and commands, whatever the case of its id", async () => {
    const [{ id }] = JSON.parse(await run("findings", "--severity", "HIGH", "--output", "json"));
    printed.clear();
    const page = await run("show", id.toLowerCase());
    expect(page).toContain("longestMs           9700");
    expect(page).toMatch(/ {2}aws lambda update-function-configuration --function-name orders-api --timeout \d+ --region eu-west-1/);
  });

  test("shows everything about a function", async () => {
    const page = await run("show", "legacy-import");
    expect(page).toContain("Last used     4 Sep 2025, quiet for 446 days (by metrics, 455 days looked at)");
    expect(page).toContain("lambda/unused-function");
  });

  test("names the nearest function", async () => {
    await expect(run("show", "order-api")).rejects.toThrow("the last scan knows no function order-api; did you mean orders-api?");
  });
});

describe("status and cost", () => {
  test("say what was incomplete, and what it cost at most", async () => {
    expect(await run("status")).toContain("Incomplete  ap-southeast-2, Lambda functions: denied (AccessDeniedException)");
    printed.clear();
    expect(await run("cost")).toMatch(/cloudwatch:GetMetricData +2 +0\.0100 USD/);
  });
});

test("without a scan one line says what to run", async () => {
  const empty = aFolder();
  const read = buildProgram().parseAsync(["functions", "--store", `dir:${empty.path}/none`], { from: "user" });
  const failure = await read.catch(failureOf);
  expect(failure).toEqual({ exitCode: 3, line: expect.stringMatching(/no scan is stored here yet: run .* scan/) });
  empty.remove();
});

test("a scan of chosen Regions is told from one of all", async () => {
  const chosen = aFolder();
  const here = ["--store", `dir:${chosen.path}/store`];
  const replay = await aRecording(chosen.path);
  await buildProgram().parseAsync(["scan", "--replay", replay, "--region", "eu-west-1", "--quiet", ...here], { from: "user" });
  await buildProgram().parseAsync(["functions", ...here], { from: "user" });
  expect(printed.err).toMatch(/^account 111122223333, scanned 2026-11-24 06:00 UTC, .* ago, only eu-west-1/m);
  chosen.remove();
});

test("an account that was never scanned is told from an empty store", async () => {
  const read = run("functions", "--account", "444455556666").catch(failureOf);
  expect(await read).toEqual({
    exitCode: 3,
    line: expect.stringMatching(/^no scan of account 444455556666 is stored here: the last one is of account 111122223333/),
  });
});

test("a document that went away is told from a scan that never was", async () => {
  const document = join(store, "blobs", "scans");
  rmSync(document, { recursive: true });
  await expect(run("functions")).rejects.toThrow(/the document of the last scan .* is not in this store: scan again/);
});

test("a refused call names the action", () => {
  const failure = failureOf(
    awsError("AccessDeniedException", "User: x is not authorized to perform: dynamodb:DescribeTable on resource: y"),
  );
  expect(failure).toEqual({ exitCode: 3, line: expect.stringMatching(/^dynamodb:DescribeTable refused .* allow dynamodb:DescribeTable/) });
});
