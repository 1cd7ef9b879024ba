/** A function of the synthesized stack, run as Lambda runs it: its asset, in a process of plain Node 24, with the template's environment. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Template } from "aws-cdk-lib/assertions";
import { account } from "../aws/moto.ts";
import { root } from "../cli/run-command.ts";
import { type Resource, resources } from "../infra/synthesized.ts";

export const region = "eu-west-1";
const driver = join(import.meta.dirname, "invoke-as-lambda.mjs");

/** What the function answered, or the error that it threw. */
export interface Answer {
  readonly loaded?: string;
  readonly answer?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
  /** What it wrote to its log. */
  readonly log: string;
}

export interface DeployedFunction {
  readonly logicalId: string;
  readonly durable: boolean;
  /** Its asset: what is in the zip that Lambda gets. */
  readonly folder: string;
  /** The template's variables, with `values` for what CloudFormation would fill in. */
  readonly environment: Readonly<Record<string, string>>;
  /** Without an event it is only loaded. */
  invoke(event: unknown, more?: Readonly<Record<string, string>>, context?: object): Promise<Answer>;
}

/**
 * Every function of the stack.
 * @param directory where the app was synthesized
 * @param values by logical id, what `Ref` gives
 * @throws for a function whose code or environment the test cannot make out: none may be forgotten
 */
export function deployedFunctions(stack: Template, directory: string, values: Readonly<Record<string, string>>): DeployedFunction[] {
  return resources(stack, "AWS::Lambda::Function").map(([logicalId, resource]) => deployed(logicalId, resource, directory, values));
}

function deployed(
  logicalId: string,
  { Properties }: Resource,
  directory: string,
  values: Readonly<Record<string, string>>,
): DeployedFunction {
  const folder = join(directory, `asset.${String(Properties.Code.S3Key).replace(/\.zip$/, "")}`);
  if (!existsSync(folder)) throw new Error(`${logicalId}: there is no asset at ${folder}`);
  const variables = Object.entries<unknown>(Properties.Environment?.Variables ?? {});
  const environment = Object.fromEntries(variables.map(([name, value]) => [name, resolve(value, values, `${logicalId}.${name}`)]));
  const ofLambda = {
    PATH: process.env.PATH ?? "",
    TZ: ":UTC",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${Properties.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: logicalId,
    AWS_LAMBDA_FUNCTION_VERSION: "1",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(Properties.MemorySize),
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_SESSION_TOKEN: "test",
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: Properties.Handler,
  };
  const invokedFunctionArn = `arn:aws:lambda:${region}:${account}:function:${logicalId}`;
  return {
    logicalId,
    durable: Properties.DurableConfig !== undefined,
    folder,
    environment,
    // Lambda's own variables cannot be set in a template; what a test adds stands for AWS around the function
    invoke: (event, more = {}, context = {}) =>
      run(
        { event, context: { functionName: logicalId, invokedFunctionArn, awsRequestId: "1", ...context } },
        { ...environment, ...ofLambda, ...more },
      ),
  };
}

function resolve(value: unknown, values: Readonly<Record<string, string>>, what: string): string {
  if (typeof value === "string") return value;
  const { Ref: id } = value as { Ref?: string };
  const known = id === undefined ? undefined : values[id];
  if (known === undefined) throw new Error(`${what}: the test does not know what ${JSON.stringify(value)} gives`);
  return known;
}

async function run(input: object, env: Readonly<Record<string, string>>): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-lambda-"));
  const answerFile = join(folder, "answer.json");
  try {
    const child = spawn(join(root, "node_modules/.bin/node"), [driver, answerFile], { env, cwd: folder });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => void said.push(text));
    child.stdin.end(JSON.stringify(input));
    const code = await new Promise((done, fail) => child.once("error", fail).once("close", done));
    const log = said.join("");
    if (!existsSync(answerFile)) throw new Error(`the function's process ended with ${code} and no answer:\n${log.slice(-4000)}`);
    return { ...JSON.parse(readFileSync(answerFile, "utf8")), log };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
