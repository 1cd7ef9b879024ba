import { CfnOutput, MissingRemovalPolicies, Stack, type StackProps, Tags } from "aws-cdk-lib";
import { type IManagedPolicy, ManagedPolicy, PermissionsBoundary } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { ownPartTag, ownTag } from "../shared/model/left-alone.ts";
import { AdvisoryFeeds } from "./advisory-feeds.ts";
import { AlarmPermissions } from "./alarm-permissions.ts";
import { BlobBucket } from "./blob-bucket.ts";
import type { Configuration } from "./configuration.ts";
import { Dashboard } from "./dashboard.ts";
import { FindingsTable } from "./findings-table.ts";
import { FindingsTopic } from "./findings-topic.ts";
import { Monitoring, overdueAfterHours } from "./monitoring.ts";
import { NearTimeoutSweep } from "./near-timeout.ts";
import { OperationsTopic } from "./operations-topic.ts";
import { OverviewWidget } from "./overview-widget.ts";
import { ScanPermissions } from "./permissions.ts";
import { ReplyFunction } from "./reply-function.ts";
import { ScanFunction } from "./scan-function.ts";
import { ScanSchedule } from "./scan-schedule.ts";

/** All that Small Target puts into an account. */
export class SmallTargetStack extends Stack {
  constructor(scope: Construct, id: string, configuration: Configuration, props: StackProps = {}) {
    super(scope, id, { description: "Small Target: a read-only watchdog for the serverless part of this account", ...props });
    const { schedule, longestGapHours, email, operationsEmail, memoryMb, code, images, settings, channels, permissionsBoundary } =
      configuration;
    if (permissionsBoundary) PermissionsBoundary.of(this).apply(boundary(this, permissionsBoundary));

    const { table } = new FindingsTable(this, "Findings");
    const { bucket } = new BlobBucket(this, "Blobs");
    const { topic } = new FindingsTopic(this, "Messages", { email });
    const operations = new OperationsTopic(this, "Operations", { email: operationsEmail }).topic;

    const environment = {
      TABLE_NAME: table.tableName,
      BUCKET_NAME: bucket.bucketName,
      TOPIC_ARN: topic.topicArn,
      STACK_NAME: this.stackName,
      POWERTOOLS_SERVICE_NAME: this.stackName,
      ...(configuration.regions.length > 0 ? { REGIONS: configuration.regions.join(",") } : {}),
    };
    const alarmsTo: Record<string, string> = configuration.alarms ? { ALARM_TOPIC_ARN: operations.topicArn } : {};
    const withoutCode: Record<string, string> = {
      ...(code ? {} : { READ_CODE: "no" }),
      ...(images ? {} : { READ_IMAGES: "no" }),
    };
    const scan = new ScanFunction(this, "Scan", { memoryMb, settings, environment: { ...environment, ...alarmsTo, ...withoutCode } });
    new ScanPermissions(this, "Permissions", { ...scan, function: scan.function, table, bucket, topic, code, images, channels });
    const scheduled = new ScanSchedule(this, "Schedule", { expression: schedule, target: scan.alias });
    if (configuration.alarms) new AlarmPermissions(this, "Alarms", { role: scan.role });
    if (configuration.replies) {
      new ReplyFunction(this, "Reply", { settings, table, environment: { POWERTOOLS_SERVICE_NAME: this.stackName } });
    }
    const overdueHours = overdueAfterHours(longestGapHours);
    const sweep = new NearTimeoutSweep(this, "NearTimeout", {
      memoryMb,
      settings,
      environment,
      table,
      bucket,
      topic,
      operations,
      overdueHours,
      channels,
    });

    const advisories = configuration.advisories ? new AdvisoryFeeds(this, "Advisories", { memoryMb, settings, table, bucket }) : undefined;

    const { alarms } = new Monitoring(this, "Monitoring", {
      function: scan.function,
      sweep: sweep.function,
      ...(advisories ? { advisories: advisories.function } : {}),
      undelivered: scheduled.undelivered,
      findings: topic,
      operations,
      overdueHours,
    });
    const widget = configuration.widget ? new OverviewWidget(this, "Widget", { settings, table, bucket }).function : undefined;
    if (configuration.dashboard)
      new Dashboard(this, "Numbers", { function: scan.function, alarms, schedule, ...(widget ? { widget } : {}) });
    scheduled.startAfter(this.node.children.filter((part) => part !== scheduled));

    // what does not say that it stays goes with the stack
    MissingRemovalPolicies.of(this).destroy();
    this.#tag();
    this.#output("TableName", table.tableName, "Findings, ledger and scans; smalltarget reads it");
    this.#output("BucketName", bucket.bucketName, "Snapshots and scan documents");
    this.#output("TopicArn", topic.topicArn, "Messages about findings: subscribe here");
    this.#output("OperationsTopicArn", operations.topicArn, "Alarms about the watchdog itself: subscribe here too");
    this.#output("ScanFunctionName", scan.function.functionName, "The function");
    this.#output("ScanSchedule", schedule, "When the account is scanned, UTC");
    this.#output("LogGroupName", scan.logGroup.logGroupName, "What the function says");
    this.#output(
      "ScanFunctionArn",
      scan.alias.functionArn,
      "Start a scan: aws lambda invoke --invocation-type Event --function-name ARN /dev/stdout",
    );
  }

  #tag(): void {
    Tags.of(this).add(ownTag.key, ownTag.value);
    for (const part of this.node.children) Tags.of(part).add(ownPartTag, part.node.id.toLowerCase());
  }

  #output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}

function boundary(stack: Stack, policy: string): IManagedPolicy {
  return policy.startsWith("arn:")
    ? ManagedPolicy.fromManagedPolicyArn(stack, "Boundary", policy)
    : ManagedPolicy.fromManagedPolicyName(stack, "Boundary", policy);
}
