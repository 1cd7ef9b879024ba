import { Annotations, Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Alias } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { functionCode, processSettings } from "./function-code.ts";

interface ScanFunctionProps {
  readonly memoryMb: number;
  readonly settings: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The one Lambda function: a durable one, with its role (permissions.ts says what it may do) and log group. */
export class ScanFunction extends Construct {
  readonly role: Role;
  readonly function: NodejsFunction;
  readonly logGroup: LogGroup;
  /** What the schedule invokes: an execution stays with the version that it began with. */
  readonly alias: Alias;

  constructor(scope: Construct, id: string, { memoryMb, settings, environment }: ScanFunctionProps) {
    super(scope, id);
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: "Small Target: reads the account, writes to its own table, bucket and topic",
    });
    this.logGroup = new LogGroup(this, "Logs", { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    this.function = new NodejsFunction(this, "Function", {
      description: "Small Target: looks at the account once (durable)",
      ...functionCode(this, "scan.ts", settings),
      memorySize: memoryMb,
      timeout: Duration.minutes(15),
      // no reserved concurrency: the lock in the table keeps scans apart, replays come one after another, and a new account
      // with a limit of 10 has none to give away
      durableConfig: { executionTimeout: Duration.hours(6), retentionPeriod: Duration.days(14) },
      role: this.role,
      logGroup: this.logGroup,
      environment: { ...environment, ...processSettings(memoryMb) },
      // a scan that runs during a deployment ends with the version it began with; versions go with the function
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    });
    Annotations.of(this.function).acknowledgeInfo("aws-lambda:Function.DurableConfig", "durable since its first version");
    this.alias = new Alias(this, "Live", { aliasName: "live", version: this.function.currentVersion });
  }
}
