import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { buildProgram } from "../../cli/program.ts";
import { anAccount, arns } from "../an-account.ts";
import { storeScan } from "./a-stored-scan.ts";
import { captureOutput } from "./captured-output.ts";
import { aFolder } from "./run-command.ts";

const folder = aFolder();
let store = "";
const printed = captureOutput();

beforeAll(async () => {
  store = await storeScan(folder.path, anAccount());
});
afterAll(() => folder.remove());
beforeEach(() => {
  vi.stubEnv("COLUMNS", "120");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function run(...args: string[]): Promise<string> {
  printed.clear();
  await buildProgram().parseAsync([...args, "--store", store], { from: "user" });
  return printed.out;
}

const names = async (...args: string[]) =>
  JSON.parse(await run("resources", "-o", "json", ...args)).map((one: { name: string }) => one.name);

describe("resources", () => {
  test("lists everything by type", async () => {
    const lines = (await run("resources")).trimEnd().split("\n");
    expect(lines[0]).toMatch(/^TYPE +NAME +REGION +OWNER +EXPOSURE +LAST USED +ENCRYPTION$/);
    expect(lines[1]).toMatch(/^REST method +POST \/orders +eu-west-1 +- +internet-anonymous +unknown +-$/);
    expect(lines).toHaveLength(13);
  });

  test("filters by type in any of its forms, Region, owner and days without use", async () => {
    expect(await names("--type", "sqs")).toEqual(["imports", "mails"]);
    expect(await names("--type", "Table", "--type", "AWS::S3::Bucket")).toEqual(["orders", "acme-uploads"]);
    expect(await names("--region", "us-east-1")).toEqual(["acme-uploads"]);
    expect(await names("--owner", "payments", "--type", "function")).toEqual(["mailer", "orders-api"]);
    expect(await names("--unused-for", "400")).toEqual(["legacy-import"]);
  });

  test("--exposed takes the level and what is more open, by whatever way", async () => {
    expect(await names("--exposed", "internet-anonymous")).toEqual(["POST /orders", "orders", "orders-api"]);
    expect(await names("--exposed", "internet-authenticated", "--type", "table")).toEqual(["orders"]);
    expect(await names("--exposed", "cross-account", "--sort", "exposure")).toContain("acme-uploads");
  });

  test("a type that is nowhere is a slip, not an empty list", async () => {
    await expect(run("resources", "--type", "queu")).rejects.toThrow("has no resource of type queu; did you mean queue?");
  });

  test("answers in CSV and Markdown", async () => {
    expect((await run("resources", "-o", "csv", "--type", "table")).split("\r\n")[1]).toMatch(
      /^AWS::DynamoDB::Table,orders,eu-west-1,payments,tag team,internet-authenticated,unknown,,,customer-key,enforced,/,
    );
    expect(await run("resources", "-o", "md", "--type", "bucket")).toContain(
      "| bucket | `acme-uploads` | us-east-1 |  | cross-account | unknown | AWS-owned key, plain text allowed |",
    );
  });
});

describe("relations", () => {
  test("shows who, what, to whom, how authenticated, and the proof", async () => {
    const lines = (await run("relations", "--of", "mails")).split("\n");
    expect(lines[0]).toMatch(/^FROM +KIND +TO +AUTH +PROOF$/);
    expect(lines[1]).toMatch(
      /^orders-api \(function\) +publishes-to +mails \(queue\) +service +inferred: lambda:ListFunctions, environment/,
    );
  });

  test("--to-internet names the doors", async () => {
    expect((await run("relations", "--to-internet")).split("\n")[1]).toMatch(
      /^the internet +routes-to +POST \/orders \(REST method\) +none /,
    );
    expect(await run("relations", "--to-internet", "--of", "legacy-import")).toBe("The scan saw no way from the internet.\n");
  });

  test("--kind filters; JSON has the relations as they are in the document", async () => {
    const found = JSON.parse(await run("relations", "--kind", "dead-letters-to", "-o", "json"));
    expect(found).toEqual([expect.objectContaining({ from: arns.mails, to: arns.mailsDead, kind: "dead-letters-to" })]);
    expect((await run("relations", "--kind", "dead-letters-to", "-o", "csv")).split("\r\n")[1]).toContain(
      `${arns.mailsDead},mails-dlq,AWS::SQS::Queue`,
    );
    expect(await run("relations", "--kind", "dead-letters-to", "-o", "md")).toContain(
      "| `mails` queue | dead-letters-to | `mails-dlq` queue |",
    );
  });

  test("a name that several have: the candidates are named", async () => {
    await expect(run("relations", "--of", "orders")).rejects.toThrow(
      `2 resources are called orders; give the ARN of one: ${arns.api}, ${arns.table}`,
    );
    await expect(run("relations", "--of", "mailr")).rejects.toThrow("knows no resource mailr; did you mean mailer?");
    await expect(run("relations", "--depth", "2")).rejects.toThrow("--depth goes with --of");
  });
});

describe("own", () => {
  const listed = async () => JSON.parse(await run("own", "--list", "-o", "json"));

  test("says from when it counts and what it replaces, and keeps it", async () => {
    expect(await run("own", "mailer", "core")).toBe(
      "mailer belongs to core from the next scan on; the last scan had payments (tag team).\n",
    );
    expect(await run("own", arns.mails, "data & more")).toBe("mails belongs to data & more from the next scan on.\n");
    expect(await listed()).toEqual([
      { arn: arns.mailer, team: "core", seen: true, type: "AWS::Lambda::Function", name: "mailer" },
      { arn: arns.mails, team: "data & more", seen: true, type: "AWS::SQS::Queue", name: "mails" },
    ]);
    expect(await run("own", "--list")).toMatch(/^OWNER +TYPE +RESOURCE\ncore +function +arn:/);
  });

  test("--remove takes it back once", async () => {
    await run("own", "mailer", "core");
    expect(await run("own", "mailer", "--remove")).toContain("no longer belongs to core by hand; from the next scan on its tags");
    await expect(run("own", "mailer", "--remove")).rejects.toThrow("nobody was named as the owner of mailer by hand");
  });

  test("an ARN that no scan saw may be owned, and is let go of when it is gone", async () => {
    const unseen = "arn:aws:sqs:eu-west-1:111122223333:new";
    expect(await run("own", unseen, "core")).toContain("the last scan did not see it, so check the ARN");
    expect((await listed()).find(({ arn }: { arn: string }) => arn === unseen)).toEqual({ arn: unseen, team: "core", seen: false });
    await run("own", unseen, "--remove");
  });

  test.each([
    [["own", "mailer"], "name either a team or --remove"],
    [["own", "mailer", "core", "--remove"], "name either a team or --remove"],
    [["own"], "name a resource and a team, or --list"],
    [["own", "mailer", "--list"], "--list goes alone"],
    [["own", "orders", "core"], "2 resources are called orders"],
    [["own", "arn:aws:sqs:eu-west-1:444455556666:theirs", "core"], "the last scan knows no resource"],
  ])("%j: %s", async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });

  test.each(["unowned", " ", "a\u202eb", "x".repeat(257)])("refuses the team %j", async (team) => {
    await expect(run("own", "mailer", team)).rejects.toThrow(/argument 'team'|Invalid|must be|unowned/);
  });
});

describe("prune", () => {
  test("names what stands in the way, and then gives no commands", async () => {
    const page = await run("prune", "legacy-import");
    expect(page).toContain("Prune legacy-import in eu-west-1: nothing of this was run");
    expect(page).toContain("alarm legacy-errors: still invokes it [cloudwatch:DescribeAlarms, legacy-errors]");
    expect(page).toContain("No commands yet");
    expect(page).not.toContain("aws lambda");
    expect(JSON.parse(await run("prune", "legacy-import", "-o", "json"))).toMatchObject({ function: arns.legacy, script: null });
  });

  test("takes functions only", async () => {
    await expect(run("prune", "mails")).rejects.toThrow("the last scan knows no function mails; did you mean mailer?");
    await expect(run("prune", `${arns.legacy}x`)).rejects.toThrow("the last scan did not list the function");
  });
});

describe("picture", () => {
  test("goes to standard output, or whole to a file", async () => {
    expect(await run("picture", "--of", "mails", "--depth", "1")).toMatch(/^<svg .*>mails<.*<\/svg>\n$/s);
    const path = join(folder.path, "picture.mmd");
    expect(await run("picture", "--to-internet", "-o", "mermaid", "--out", path)).toBe("");
    expect(readFileSync(path, "utf8")).toMatch(/^flowchart LR\n/);
  });

  test("of a whole account there is none", async () => {
    await expect(run("picture")).rejects.toThrow("a whole account is no picture: give --of RESOURCE or --to-internet");
  });
});

describe("inventory", () => {
  test("is a workbook, by the name of the file", async () => {
    const path = join(folder.path, "account.XLSX");
    expect(await run("inventory", "--out", path)).toBe("");
    expect(readFileSync(path).subarray(0, 2).toString()).toBe("PK");
  });

  test("is text on standard output", async () => {
    expect((await run("inventory", "-o", "csv")).split("\r\n")[0]).toMatch(/^Type,Name,Owner,Owner from,Keep \/ remove,Who,Last used/);
    expect(JSON.parse(await run("inventory", "-o", "json"))).toHaveLength(12);
    expect(await run("inventory", "-o", "md")).toContain("## Functions");
  });

  test.each([
    [["inventory"], "give --out FILE.xlsx, or --output csv, json or md"],
    [["inventory", "-o", "xlsx"], "a workbook is no text: give --out FILE.xlsx"],
    [["inventory", "--out", "account.ods"], "the name of account.ods says no format"],
    [["inventory", "--out", "/nowhere/a.xlsx"], "cannot write /nowhere/a.xlsx"],
  ])("%j: %s", async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
