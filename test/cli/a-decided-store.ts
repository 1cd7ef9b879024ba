/** A local store with findings in its table and last scan, for commands by which people decide. Time stands still. */
import { afterEach, beforeEach, vi } from "vitest";
import { failureOf } from "../../cli/failure.ts";
import { openStore } from "../../cli/open-store.ts";
import { buildProgram } from "../../cli/program.ts";
import type { DocumentFinding, ScanDocument } from "../../shared/model/document.ts";
import type { StoredFinding } from "../../shared/model/finding.ts";
import { anAccount } from "../an-account.ts";
import { storeScan } from "./a-stored-scan.ts";
import { captureOutput } from "./captured-output.ts";
import { aFolder } from "./run-command.ts";

export const account = "111122223333";

/** About a function `job-NUMBER`. */
export function aFinding(number: number, more: Partial<StoredFinding> = {}): StoredFinding {
  const name = `job-${number}`;
  return {
    id: `F-000000000${number}`,
    rule: "lambda/timeout-too-long",
    severity: "MEDIUM",
    confidence: "high",
    resource: {
      arn: `arn:aws:lambda:eu-west-1:${account}:function:${name}`,
      type: "AWS::Lambda::Function",
      name,
      account,
      region: "eu-west-1",
    },
    title: `${name} may run 15 min`,
    evidence: {},
    remediation: { text: "", commands: [] },
    owner: { team: "payments" },
    references: [],
    materialKey: "loose",
    status: "NEW",
    firstSeenAt: "2026-11-20T03:00:00.000Z",
    changedAt: "2026-11-20T03:00:00.000Z",
    version: 1,
    ...more,
  };
}

export interface DecidedStore {
  /** What `--store` names. */
  store(): string;
  folder(): string;
  /** Standard output of the command. */
  run(...args: string[]): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the command prints
  json(...args: string[]): Promise<any>;
  /** The line and exit code with which the command refuses. */
  refused(...args: string[]): Promise<{ readonly line: string; readonly exitCode: number }>;
}

/** Before each test of the file a store with these findings, at `now`; no credentials. */
export function decidedStore(findings: readonly StoredFinding[], now: Date): DecidedStore {
  let folder: ReturnType<typeof aFolder>;
  let store = "";
  const printed = captureOutput();
  beforeEach(async () => {
    folder = aFolder();
    store = await keep(folder.path, findings);
    vi.useFakeTimers({ toFake: ["Date"], now });
    vi.stubEnv("COLUMNS", "120");
    for (const name of ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL"]) vi.stubEnv(name, undefined);
    vi.stubEnv("HOME", folder.path);
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
    folder.remove();
  });
  const run = async (...args: string[]) => {
    printed.clear();
    await buildProgram().parseAsync([...args, "--store", store], { from: "user" });
    return printed.out;
  };
  return {
    store: () => store,
    folder: () => folder.path,
    run,
    json: async (...args) => JSON.parse(await run(...args, "-o", "json")),
    async refused(...args) {
      const error = await run(...args).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      const { line = (error as Error).message, exitCode } = failureOf(error);
      return { line, exitCode };
    },
  };
}

async function keep(folder: string, findings: readonly StoredFinding[]): Promise<string> {
  const document: ScanDocument = {
    ...anAccount(),
    findings: findings
      .filter(({ status }) => status !== "RESOLVED")
      .map(({ materialKey, version, ...finding }): DocumentFinding => finding),
  };
  const kept = await storeScan(folder, document);
  const opened = await openStore({ store: kept }, "scan");
  await (await opened.table()).saveFindings(findings.map((finding) => ({ finding, previousVersion: undefined })));
  await opened.close();
  return kept;
}
