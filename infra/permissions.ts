import { type CfnElement, Stack, Validations } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Effect, Policy, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct, type IConstruct } from "constructs";
import { readActions } from "../shared/collect/collectors.ts";
import { codeCollector, imageActions } from "../shared/collect/lambda/code.ts";
import type { Settings } from "../shared/settings.ts";
import { tableDefinition } from "../shared/store/table.ts";
import { advisoryFolder, blobFolders } from "./blob-bucket.ts";
import { argueChannels, channelStatements, ownSecrets, usesStackTopic } from "./channel-permissions.ts";

interface ScanPermissionsProps {
  readonly role: Role;
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly table: TableV2;
  readonly bucket: Bucket;
  readonly topic: Topic;
  /** Whether it may ask for links to code. */
  readonly code: boolean;
  /** Whether it may ask for manifests of images and links to their layers. */
  readonly images: boolean;
  /** Those of the settings: it may do what they need. */
  readonly channels: Settings["channels"];
}

/** All that the scan may do, in one policy: look, write to what is ours, and never the denied, whatever else somebody attaches to the role. */
export class ScanPermissions extends Construct {
  readonly policy: Policy;

  constructor(scope: Construct, id: string, props: ScanPermissionsProps) {
    super(scope, id);
    // not in the role's own policy: the function waits for that one, and this one names the function
    this.policy = new Policy(this, "Policy", { roles: [props.role], statements: [...ours(props), look(props), ...never(props)] });
    this.#argueWildcards(props);
  }

  #argueWildcards({ function: scan, bucket }: ScanPermissionsProps): void {
    const arnOf = (construct: IConstruct) => `<${Stack.of(this).getLogicalId(construct.node.defaultChild as CfnElement)}.Arn>`;
    const argue = (resource: string, reason: string) =>
      Validations.of(this.policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
    argue("*", "The watchdog looks at every resource of the account: what is allowed on * only lists and describes, the rest is denied.");
    argue(`${arnOf(scan)}:*`, "Checkpoints are authorized against executions, whose names Lambda makes, of any version of our function.");
    for (const folder of Object.keys(blobFolders)) {
      argue(`${arnOf(bucket)}/${folder}/*`, "Objects of one folder of our bucket: their names hold Regions and times of scans.");
    }
    argueChannels(this.policy);
  }
}

/** The collectors say which actions they use; few of them can be limited to resources, none usefully. */
function look({ code, images }: Pick<ScanPermissionsProps, "code" | "images">): PolicyStatement {
  return new PolicyStatement({ sid: "LookAtTheAccount", actions: readActions({ code, images }), resources: ["*"] });
}

function ours({ function: { functionArn }, logGroup, table, bucket, topic, channels }: ScanPermissionsProps): PolicyStatement[] {
  const folders = Object.keys(blobFolders)
    .filter((folder) => folder !== advisoryFolder)
    .map((folder) => bucket.arnForObjects(`${folder}/*`));
  const indexes = tableDefinition.indexes.map(({ name }) => `${table.tableArn}/index/${name}`);
  return [
    new PolicyStatement({
      sid: "OwnTable",
      actions: [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:DescribeTable",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
      ],
      resources: [table.tableArn],
    }),
    new PolicyStatement({ sid: "OwnTableQueries", actions: ["dynamodb:Query"], resources: [table.tableArn, ...indexes] }),
    new PolicyStatement({ sid: "OwnObjects", actions: ["s3:GetObject", "s3:PutObject"], resources: folders }),
    new PolicyStatement({ sid: "ReadAdvisories", actions: ["s3:GetObject"], resources: [bucket.arnForObjects(`${advisoryFolder}/*`)] }),
    // without it, S3 answers "access denied" for an object that does not exist
    new PolicyStatement({ sid: "OwnBucket", actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }),
    ...(usesStackTopic(channels) ? [new PolicyStatement({ sid: "OwnTopic", actions: ["sns:Publish"], resources: [topic.topicArn] })] : []),
    ...channelStatements(Stack.of(table), channels),
    new PolicyStatement({ sid: "OwnLogs", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }),
    // authorized against the execution, whose ARN begins with that of a version of the function
    new PolicyStatement({
      sid: "OwnCheckpoints",
      actions: ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"],
      resources: [`${functionArn}:*`],
    }),
  ];
}

/** kms:Decrypt is not here: Lambda decrypts the function's own environment in the role's name, and a deny would stop it from starting. */
export function never({
  table,
  bucket,
  code,
  images,
  channels,
}: Pick<ScanPermissionsProps, "table" | "bucket" | "code" | "images" | "channels">): PolicyStatement[] {
  const deny = (sid: string, actions: string[], resources: { resources: string[] } | { notResources: string[] }) =>
    new PolicyStatement({ sid, effect: Effect.DENY, actions, ...resources });
  const everywhere = { resources: ["*"] };
  const except = (arns: readonly string[]) => (arns.length > 0 ? { notResources: [...arns] } : everywhere);
  const { parameters, secrets } = ownSecrets(Stack.of(table), channels);
  return [
    deny("NeverSecrets", ["secretsmanager:BatchGetSecretValue", "ssm:GetParameterHistory", ...severalParameters], everywhere),
    deny("NeverOtherParameters", ["ssm:GetParameter"], except(parameters)),
    deny("NeverOtherSecrets", ["secretsmanager:GetSecretValue"], except(secrets)),
    // zips and layers of images are read by links that these operations give, where that is switched on
    ...(code && images ? [] : [deny("NeverCode", [...(images ? [] : imageActions), ...(code ? [] : codeCollector.actions)], everywhere)]),
    deny("NeverInvoke", ["lambda:InvokeAsync", "lambda:InvokeFunction", "lambda:InvokeFunctionUrl"], everywhere),
    deny(
      "NeverMessages",
      ["kinesis:GetRecords", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery", "sqs:ReceiveMessage"],
      everywhere,
    ),
    deny("NeverOtherObjects", ["s3:GetObject", "s3:GetObjectVersion"], { notResources: [bucket.arnForObjects("*")] }),
    deny("NeverOtherItems", ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"], {
      notResources: [table.tableArn, `${table.tableArn}/index/*`],
    }),
  ];
}

const severalParameters = ["ssm:GetParameters", "ssm:GetParametersByPath"];
