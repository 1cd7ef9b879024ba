/**
 * Every command line that the watchdog prints runs as it is pasted: with the AWS command line, against the emulator, on resources of the
 * names that are in it. What AWS names itself (ids of APIs, mappings, layers) is put in its place; nothing else of a line is changed.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { aFolder, root } from "../cli/run-command.ts";
import { earlier, plantedAccount } from "../planted/planted-account.ts";
import { aPlantedWatchdog } from "../planted/planted-code.ts";
import { StubAccount } from "../stub-account.ts";
import { aShell, type Shell } from "./a-shell.ts";
import { account } from "./moto.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { prepare } from "./prepare-resource.ts";

/** What the emulator cannot do, and its words for it. */
const beyondTheEmulator: readonly { readonly command: RegExp; readonly says: RegExp; readonly why: string }[] = [
  { command: /^aws apigateway update-method /, says: /InternalError|\(500\)/, why: "it fails with an error of its own (500)" },
  { command: /^aws sqs start-message-move-task /, says: /\(500\)/, why: "it does not know the operation" },
  { command: /^aws ecr register-pull-time-update-exclusion /, says: /\(500\)/, why: "it does not know the operation" },
  { command: /durable-execution/, says: /404|NotFound|Not Found|ResourceNotFound/, why: "it does not know the operation" },
  { command: /^aws lambda invoke /, says: /An error occurred|StatusCode/, why: "it runs functions in Docker" },
  {
    command: /^aws appsync get-introspection-schema /,
    says: /GraphQLSchemaException/,
    why: "it wants a schema, which no old API needs to have",
  },
];

const stub = new StubAccount(plantedAccount());
const dog = await aPlantedWatchdog(stub);
const today = stub.data.now;
stub.data.now = earlier;
await dog.scan();
stub.data.now = today;
const { document } = await dog.scan();
await dog.close();

const moto = await motoForThisFile("the printed commands");
const folder = aFolder();
afterAll(() => folder.remove());

/** Ours have tests of their own; those of package managers are for the project that the artifact was built from, which is not here. */
const elsewhere = /^(smalltarget|npm|npx|pip|mvn|go|bundle|dotnet) /;

/** One finding a rule: commands of one rule have one form. */
const findings = [
  ...new Map(document.findings.filter(({ remediation }) => remediation.commands.length > 0).map((one) => [one.rule, one])).values(),
];

async function runAll(commands: readonly string[], shell: Shell, put: (text: string) => string): Promise<void> {
  for (const command of commands) {
    const { code, said } = await shell.run(put(command));
    const beyond = beyondTheEmulator.find((one) => one.command.test(command));
    if (beyond) expect(said, `${command}\nis said to be beyond the emulator: ${beyond.why}`).toMatch(beyond.says);
    else expect(`${command}\n${code} ${said}`).toBe(`${command}\n0 ${said}`);
  }
}

describe.skipIf(!moto)("the commands of", () => {
  it.each(findings.map((finding): [string, DocumentFinding] => [finding.rule, finding]))("%s", async (_, finding) => {
    const shell = aShell(moto?.endpoint ?? "", folder.path);
    const put = await prepare(finding);
    await runAll(
      finding.remediation.commands.filter((command) => !elsewhere.test(command)),
      shell,
      put,
    );
  });
});

/** Command lines of the runbook: those that stand on lines of their own, and those within a line. */
const runbook = readFileSync(join(root, "docs/runbook.md"), "utf8");
const inRunbook = [
  ...new Set([...runbook.matchAll(/^ {4}(aws .+)$|`(aws [^`]+)`/gm)].map(([, line, inline]) => (line ?? inline ?? "").trim())),
]
  // what goes last takes away what the others need
  .sort((a, b) => Number(/delete|purge|s3 rm/.test(a)) - Number(/delete|purge|s3 rm/.test(b)));

describe.skipIf(!moto)("the commands of the runbook", () => {
  const names: Readonly<Record<string, string>> = {
    SmallTarget: "SmallTarget",
    SCAN_ARN: "scan",
    SCAN: "scan",
    LOG_GROUP: "scan-log",
    TOPIC_ARN: `arn:aws:sns:eu-west-1:${account}:operations`,
    ARN: `arn:aws:lambda:eu-west-1:${account}:function:scan:1/durable-execution/any/any`,
    TABLE: "findings",
    BUCKET: "blobs",
    URL: `${moto?.endpoint}/${account}/undelivered`,
  };
  const put = (line: string) => line.replace(/\b[A-Z][A-Z_]+\b(?!=)/g, (name) => names[name] ?? name);

  beforeAll(async () => {
    const shell = aShell(moto?.endpoint ?? "", folder.path);
    const make = [
      `aws cloudformation create-stack --stack-name SmallTarget --template-body '{"Resources":{"T":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"operations"}}}}'`,
      "aws logs create-log-group --log-group-name scan-log",
      "aws sqs create-queue --queue-name undelivered",
      "aws dynamodb create-table --table-name findings --billing-mode PAY_PER_REQUEST --key-schema AttributeName=pk,KeyType=HASH --attribute-definitions AttributeName=pk,AttributeType=S",
      "aws s3api create-bucket --bucket blobs --create-bucket-configuration LocationConstraint=eu-west-1",
    ];
    for (const line of make) expect(`${line} ${(await shell.run(line)).code}`).toBe(`${line} 0`);
  });

  it("are there", () => {
    expect(inRunbook.length).toBeGreaterThan(8);
  });

  it.each(inRunbook)("%s", async (line) => {
    await runAll([line], aShell(moto?.endpoint ?? "", folder.path), put);
  });
});
