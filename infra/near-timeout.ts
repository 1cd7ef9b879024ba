import { type CfnElement, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { TimeWindow } from "aws-cdk-lib/aws-scheduler";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct, type IConstruct } from "constructs";
import { sweepActions } from "../shared/collect/cloudwatch/recent-durations.ts";
import type { Settings } from "../shared/settings.ts";
import { tableDefinition } from "../shared/store/table.ts";
import { argueChannels, channelStatements, usesStackTopic } from "./channel-permissions.ts";
import { functionCode, processSettings } from "./function-code.ts";
import { startOften } from "./often.ts";
import { never } from "./permissions.ts";

interface NearTimeoutProps {
  readonly memoryMb: number;
  readonly settings: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly table: TableV2;
  readonly bucket: Bucket;
  readonly topic: Topic;
  /** Where it says that no scan completes. */
  readonly operations: Topic;
  readonly overdueHours: number;
  /** Those of the settings: it may do what they need. */
  readonly channels: Settings["channels"];
}

/** The hourly look at functions close to their timeout: a small function with a role and a schedule of its own. */
export class NearTimeoutSweep extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: NearTimeoutProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: "Small Target: reads run times, writes findings to its own table, publishes to its own topic",
    });
    const policy = this.#allow(role, logGroup, props);
    this.function = new NodejsFunction(this, "Function", {
      description: "Small Target: looks hourly at functions close to their timeout",
      ...functionCode(this, "sweep.ts", props.settings),
      memorySize: props.memoryMb,
      timeout: Duration.minutes(5),
      role,
      logGroup,
      environment: {
        ...props.environment,
        ...processSettings(props.memoryMb),
        OPERATIONS_TOPIC_ARN: props.operations.topicArn,
        OVERDUE_HOURS: String(props.overdueHours),
      },
    });
    this.function.node.addDependency(policy);
    startOften(this, this.function, {
      id: "Hourly",
      what: "the hourly sweep",
      description: "Small Target: when functions close to their timeout are looked at",
      rate: "rate(1 hour)",
      timeWindow: TimeWindow.flexible(Duration.minutes(15)),
      maxEventAge: Duration.minutes(30),
    });
  }

  #allow(role: Role, logGroup: LogGroup, { table, bucket, topic, operations, channels }: NearTimeoutProps): Policy {
    const allow = (sid: string, actions: string[], resources: string[]) => new PolicyStatement({ sid, actions, resources });
    const folders = ["scans", "snapshots"].map((folder) => bucket.arnForObjects(`${folder}/*`));
    const indexes = tableDefinition.indexes.map(({ name }) => `${table.tableArn}/index/${name}`);
    const own = ["dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];
    const policy = new Policy(this, "Policy", {
      roles: [role],
      statements: [
        allow("LookAtRunTimes", [...sweepActions], ["*"]),
        allow("OwnTable", own, [table.tableArn]),
        allow("OwnTableQueries", ["dynamodb:Query"], [table.tableArn, ...indexes]),
        allow("OwnObjects", ["s3:GetObject"], folders),
        allow("OwnBucket", ["s3:ListBucket"], [bucket.bucketArn]),
        allow("OwnTopics", ["sns:Publish"], [...(usesStackTopic(channels) ? [topic.topicArn] : []), operations.topicArn]),
        ...channelStatements(Stack.of(this), channels),
        allow("OwnLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]),
        ...never({ table, bucket, code: false, images: false, channels }),
      ],
    });
    argueChannels(policy);
    const arnOf = (construct: IConstruct) => `<${Stack.of(this).getLogicalId(construct.node.defaultChild as CfnElement)}.Arn>`;
    const argue = (resource: string, reason: string) =>
      Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
    argue(
      "*",
      "Metrics cannot be limited to resources; which functions are close to their timeout is not known beforehand. The rest is denied.",
    );
    for (const folder of ["scans", "snapshots"]) argue(`${arnOf(bucket)}/${folder}/*`, "Objects of one folder of our bucket, to be read.");
    return policy;
  }
}
