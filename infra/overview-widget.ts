import { CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { latestOverviewKey } from "../shared/page-upkeep/keep-page.ts";
import { functionCode } from "./function-code.ts";
import { never } from "./permissions.ts";

interface OverviewWidgetProps {
  readonly settings: string;
  readonly table: TableV2;
  readonly bucket: Bucket;
}

/**
 * Draws the account for a custom widget of a CloudWatch dashboard. It reads one object of the bucket and may do nothing else; who looks at the
 * dashboard invokes it with their own right to. Off by default.
 */
export class OverviewWidget extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, { settings, table, bucket }: OverviewWidgetProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: "Small Target: reads what the last scan left for the dashboard, no more",
    });
    const allow = (sid: string, actions: string[], resources: string[]) => new PolicyStatement({ sid, actions, resources });
    const policy = new Policy(this, "Policy", {
      roles: [role],
      statements: [
        allow("OwnOverview", ["s3:GetObject"], [bucket.arnForObjects(latestOverviewKey)]),
        // without it, S3 answers "access denied" for an object that does not exist
        allow("OwnBucket", ["s3:ListBucket"], [bucket.bucketArn]),
        allow("OwnLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]),
        ...never({ table, bucket, code: false, images: false, channels: {} }),
      ],
    });
    this.function = new NodejsFunction(this, "Function", {
      description: "Small Target: the account for a widget of a CloudWatch dashboard",
      ...functionCode(this, "widget.ts", settings),
      memorySize: 256,
      timeout: Duration.seconds(15),
      role,
      logGroup,
      environment: { BUCKET_NAME: bucket.bucketName, POWERTOOLS_SERVICE_NAME: Stack.of(this).stackName },
    });
    this.function.node.addDependency(policy);
    new CfnOutput(Stack.of(this), "WidgetFunctionArn", {
      value: this.function.functionArn,
      description: "For a custom widget of any CloudWatch dashboard",
    });
  }
}
