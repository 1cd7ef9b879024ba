import { type CfnElement, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { TimeWindow } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { advisoryFolder } from "./blob-bucket.ts";
import { functionCode, processSettings } from "./function-code.ts";
import { startOften } from "./often.ts";
import { never } from "./permissions.ts";

interface AdvisoryFeedsProps {
  readonly memoryMb: number;
  readonly settings: string;
  readonly table: TableV2;
  readonly bucket: Bucket;
}

/** Measured: with npm's 230,000 records kept, reading them all again takes 665 MB (docs/decisions/0033). */
const leastMemoryMb = 1024;

/**
 * Fetches the advisories that libraries are put to into our bucket, at whatever time scans are: what a scan reads there is hours old at most. A
 * function of its own, the only one that asks anybody but AWS, with a role that reaches nothing of the account.
 */
export class AdvisoryFeeds extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, { memoryMb, settings, table, bucket }: AdvisoryFeedsProps) {
    super(scope, id);
    const memory = Math.max(memoryMb, leastMemoryMb);
    const logGroup = new LogGroup(this, "Logs", { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: "Small Target: keeps advisories in its own bucket, no more",
    });
    const allow = (sid: string, actions: string[], resources: string[]) => new PolicyStatement({ sid, actions, resources });
    const policy = new Policy(this, "Policy", {
      roles: [role],
      statements: [
        allow("OwnObjects", ["s3:GetObject", "s3:PutObject"], [bucket.arnForObjects(`${advisoryFolder}/*`)]),
        // without it, S3 answers "access denied" for an object that does not exist
        allow("OwnBucket", ["s3:ListBucket"], [bucket.bucketArn]),
        allow("OwnLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]),
        ...never({ table, bucket, code: false, images: false, channels: {} }),
      ],
    });
    const bucketArn = `<${Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnElement)}.Arn>`;
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${bucketArn}/${advisoryFolder}/*]`,
      reason: "Objects of one folder of our bucket: their names hold where they were fetched from.",
    });
    this.function = new NodejsFunction(this, "Function", {
      description: "Small Target: fetches advisories about libraries",
      ...functionCode(this, "advisories.ts", settings),
      memorySize: memory,
      // the first look reads some 260 MB
      timeout: Duration.minutes(15),
      role,
      logGroup,
      environment: { BUCKET_NAME: bucket.bucketName, POWERTOOLS_SERVICE_NAME: Stack.of(this).stackName, ...processSettings(memory) },
    });
    this.function.node.addDependency(policy);
    // a rate begins when it is made: so the first scan of a new deployment mostly finds them
    startOften(this, this.function, {
      id: "Often",
      what: "the fetching of advisories",
      description: "Small Target: when advisories are fetched",
      rate: "rate(4 hours)",
      timeWindow: TimeWindow.off(),
      maxEventAge: Duration.hours(1),
    });
  }
}
