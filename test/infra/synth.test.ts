import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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

/** `npx cdk synth -q` as in a fresh shell: an empty home, no account, and a network that answers nobody. */
function synth(...context: string[]) {
  const nowhere = "http://127.0.0.1:9";
  return spawnSync("npx", ["--no-install", "cdk", "synth", "-q", "-o", join(home, "out"), ...context.flatMap((value) => ["-c", value])], {
    cwd: root,
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

describe("npx cdk synth", () => {
  it("works with no network, no account and an empty home", { timeout: 300_000 }, () => {
    const { status, stderr } = synth();
    expect(stderr).not.toMatch(/error|warning/i);
    expect(status).toBe(0);
    const template = JSON.parse(readFileSync(join(home, "out/SmallTarget.template.json"), "utf8"));
    expect(Object.keys(template.Resources).length).toBeGreaterThan(20);
    // metadata would say which constructs are used, to AWS
    expect(JSON.stringify(template)).not.toContain("AWS::CDK::Metadata");
  });

  it("says in one line what is wrong with the context, and fails", { timeout: 300_000 }, () => {
    const { status, stderr } = synth("email=nobody");
    expect(stderr).toContain('email: "nobody" is not an e-mail address');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).not.toBe(0);
  });
});

describe("the AWS Solutions checks", () => {
  function checked() {
    const app = anApp();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    return { app, stack: aStack(app, { email: "team@example.com" }) };
  }

  it("find nothing that is not argued for", { timeout: 300_000 }, () => {
    expect(() => checked().app.synth()).not.toThrow();
  });

  it("do find something: a bare bucket", { timeout: 300_000 }, () => {
    const { app, stack } = checked();
    new Bucket(stack, "Bare");
    expect(() => app.synth()).toThrow(/AwsSolutions-S1/);
  });
});
