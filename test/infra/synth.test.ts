import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, describe, expect, it } from "vitest";
import { anApp, aStack } from "./synthesized.ts";

const root = join(import.meta.dirname, "../..");
const home = mkdtempSync(join(tmpdir(), "smalltarget-home-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
/** A copy of the project: what a person writes into it must not be there for other tests. */
const project = join(home, "project");
for (const name of ["cdk.json", "package.json", "package-lock.json", "tsconfig.json", "infra", "functions", "page", "shared"])
  cpSync(join(root, name), join(project, name), { recursive: true });
symlinkSync(join(root, "node_modules"), join(project, "node_modules"), "junction");

/** `npx cdk synth -q` as in a fresh shell: an empty home, no account, and a network that answers nobody. */
function synth(...context: string[]) {
  const nowhere = "http://127.0.0.1:9";
  return spawnSync("npx", ["--no-install", "cdk", "synth", "-q", "-o", join(home, "out"), ...context.flatMap((value) => ["-c", value])], {
    cwd: project,
    encoding: "utf8",
    env: {
      PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}`,
      HOME: home,
      HTTP_PROXY: nowhere,
      HTTPS_PROXY: nowhere,
      NO_COLOR: "1",
    },
  });
}

function synthesized() {
  return JSON.parse(readFileSync(join(home, "out/SmallTarget.template.json"), "utf8"));
}

function write(options: object) {
  writeFileSync(join(project, "smalltarget.json"), JSON.stringify(options));
}

/** What `functions` get as settings. */
function settingsInBundles(): string[] {
  const assets = readdirSync(join(home, "out")).filter((name) => name.startsWith("asset."));
  return assets.map((name) => readFileSync(join(home, "out", name, "settings.json"), "utf8"));
}

describe("npx cdk synth", () => {
  it("works with no network, no account and an empty home", { timeout: 300_000 }, () => {
    const { status, stderr } = synth();
    expect(stderr).not.toMatch(/error|warning/i);
    expect(status).toBe(0);
    const template = synthesized();
    expect(Object.keys(template.Resources).length).toBeGreaterThan(20);
    // metadata would say which constructs are used, to AWS
    expect(JSON.stringify(template)).not.toContain("AWS::CDK::Metadata");
  });

  it("has every option of smalltarget.json each time, also when one of them changes", { timeout: 300_000 }, () => {
    const options = { email: "team@example.com", regions: ["eu-west-1"], settings: { defaultTeam: "it's core" } };
    for (const memoryMb of [1024, 2048]) {
      rmSync(join(home, "out"), { recursive: true, force: true });
      write({ ...options, memoryMb });
      expect(synth()).toMatchObject({ status: 0 });
      const resources: { Type: string; Properties: Record<string, unknown> }[] = Object.values(synthesized().Resources);
      expect(resources.filter(({ Type }) => Type === "AWS::SNS::Subscription")).toHaveLength(2);
      const functions = resources.filter(({ Type }) => Type === "AWS::Lambda::Function");
      expect(functions.map(({ Properties }) => Properties.MemorySize)).toEqual(functions.map(() => memoryMb));
      expect(settingsInBundles()).toEqual(functions.map(() => `{"defaultTeam":"it's core"}`));
    }
  });

  it("says in one line what is wrong with the options, and fails", { timeout: 300_000 }, () => {
    write({ email: "nobody" });
    expectOneLine(synth(), 'smalltarget.json: email: "nobody" is not an e-mail address; for several people give a list\'s address');
  });

  it("refuses an option that the next deployment would forget", { timeout: 300_000 }, () => {
    write({});
    expectOneLine(
      synth("emial=team@example.com"),
      '-c emial: write "email" into smalltarget.json instead; what is given with -c is forgotten by the next deployment',
    );
  });

  function expectOneLine({ status, stderr }: { status: number | null; stderr: string }, line: string) {
    expect(stderr.split("\n").filter((text) => text !== "" && !text.startsWith("node infra/app.ts: "))).toEqual([line]);
    expect(status).not.toBe(0);
  }
});

describe("the AWS Solutions checks", () => {
  function checked(options: object = {}) {
    const app = anApp();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    return { app, stack: aStack(app, { email: "team@example.com", ...options }) };
  }

  it("find nothing that is not argued for", { timeout: 300_000 }, () => {
    expect(() => checked().app.synth()).not.toThrow();
  });

  it("find nothing that is not argued for where the settings name channels", { timeout: 300_000 }, () => {
    const channels = {
      mail: { kind: "sns", topic: "stack" },
      tickets: { kind: "jira", site: "https://jira.example.com", project: "SEC", token: "ssm:/smalltarget/jira" },
      hub: { kind: "securityhub" },
      bus: { kind: "eventbridge", bus: "integration" },
    };
    expect(() => checked({ settings: { channels } }).app.synth()).not.toThrow();
  });

  it("do find something: a bare bucket", { timeout: 300_000 }, () => {
    const { app, stack } = checked();
    new Bucket(stack, "Bare");
    expect(() => app.synth()).toThrow(/AwsSolutions-S1/);
  });
});
