import { join } from "node:path";
import { Annotations, Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Alias, Architecture, Runtime } from "aws-cdk-lib/aws-lambda";
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { requireBanner } from "./bundle-banner.ts";

/** The folder of the project. */
export const root = join(import.meta.dirname, "..");

/** How every function of the stack is bundled. */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: "node24",
  mainFields: ["module", "main"],
  // what was tested is what runs: the runtime's own SDK changes under a function without a deployment
  bundleAwsSDK: true,
  // readable in the console; loading it takes half a second, once a day
  minify: false,
  logLevel: LogLevel.WARNING,
  sourceMap: true,
  sourcesContent: false,
  banner: requireBanner,
};

/**
 * How Node shares out the function's memory: the heap, small rooms for what is young, and the rest for everything beside the heap. So an
 * account of 10,000 functions fits into 512 MB (docs/decisions/0003).
 */
export function processSettings(memoryMb: number): Readonly<Record<string, string>> {
  const heapMb = Math.floor(memoryMb * 0.6);
  return { NODE_OPTIONS: `--enable-source-maps --max-old-space-size=${heapMb} --max-semi-space-size=4`, MALLOC_ARENA_MAX: "2" };
}

interface ScanFunctionProps {
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** The one Lambda function: a durable one, with its role (permissions.ts says what it may do) and log group. */
export class ScanFunction extends Construct {
  readonly role: Role;
  readonly function: NodejsFunction;
  readonly logGroup: LogGroup;
  /** What the schedule invokes: an execution stays with the version that it began with. */
  readonly alias: Alias;

  constructor(scope: Construct, id: string, { memoryMb, environment }: ScanFunctionProps) {
    super(scope, id);
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: "Small Target: reads the account, writes to its own table, bucket and topic",
    });
    this.logGroup = new LogGroup(this, "Logs", { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    this.function = new NodejsFunction(this, "Function", {
      description: "Small Target: looks at the account once (durable)",
      entry: join(root, "functions", "scan.ts"),
      projectRoot: root,
      depsLockFilePath: join(root, "package-lock.json"),
      handler: "handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: Duration.minutes(15),
      // no reserved concurrency: the lock in the table keeps scans apart, replays come one after another, and a new account
      // with a limit of 10 has none to give away
      durableConfig: { executionTimeout: Duration.hours(6), retentionPeriod: Duration.days(14) },
      role: this.role,
      logGroup: this.logGroup,
      environment: { ...environment, ...processSettings(memoryMb) },
      bundling,
      // a scan that runs during a deployment ends with the version it began with; versions go with the function
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    Annotations.of(this.function).acknowledgeInfo("aws-lambda:Function.DurableConfig", "durable since its first version");
    this.alias = new Alias(this, "Live", { aliasName: "live", version: this.function.currentVersion });
  }
}
