import { CfnOutput, MissingRemovalPolicies, Stack, type StackProps, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { AlarmPermissions } from "./alarm-permissions.ts";
import { BlobBucket } from "./blob-bucket.ts";
import type { Configuration } from "./configuration.ts";
import { FindingsTable } from "./findings-table.ts";
import { FindingsTopic } from "./findings-topic.ts";
import { Monitoring } from "./monitoring.ts";
import { NearTimeoutSweep } from "./near-timeout.ts";
import { OperationsTopic } from "./operations-topic.ts";
import { ScanPermissions } from "./permissions.ts";
import { ScanFunction } from "./scan-function.ts";
import { ScanSchedule } from "./scan-schedule.ts";

/** All that Small Target puts into an account. */
export class SmallTargetStack extends Stack {
  constructor(scope: Construct, id: string, configuration: Configuration, props: StackProps = {}) {
    super(scope, id, { description: "Small Target: a read-only watchdog for the serverless part of this account", ...props });
    const { schedule, longestGapHours, email, operationsEmail, memoryMb } = configuration;

    const { table } = new FindingsTable(this, "Findings");
    const { bucket } = new BlobBucket(this, "Blobs");
    const { topic } = new FindingsTopic(this, "Messages", { email });
    const operations = new OperationsTopic(this, "Operations", { email: operationsEmail }).topic;

    const environment = {
      TABLE_NAME: table.tableName,
      BUCKET_NAME: bucket.bucketName,
      TOPIC_ARN: topic.topicArn,
      POWERTOOLS_SERVICE_NAME: this.stackName,
      ...(configuration.regions.length > 0 ? { REGIONS: configuration.regions.join(",") } : {}),
      ...(configuration.settings ? { SETTINGS: configuration.settings } : {}),
    };
    const alarmsTo: Record<string, string> = configuration.alarms ? { ALARM_TOPIC_ARN: operations.topicArn } : {};
    const scan = new ScanFunction(this, "Scan", { memoryMb, environment: { ...environment, ...alarmsTo } });
    const permissions = new ScanPermissions(this, "Permissions", { ...scan, function: scan.function, table, bucket, topic });
    const { undelivered, schedule: scheduled } = new ScanSchedule(this, "Schedule", { expression: schedule, target: scan.alias });
    scheduled.node.addDependency(permissions);
    if (configuration.alarms) new AlarmPermissions(this, "Alarms", { role: scan.role });
    const sweep = new NearTimeoutSweep(this, "NearTimeout", { memoryMb, environment, table, bucket, topic });

    new Monitoring(this, "Monitoring", {
      function: scan.function,
      sweep: sweep.function,
      undelivered,
      findings: topic,
      operations,
      longestGapHours,
    });

    // what does not say that it stays goes with the stack
    MissingRemovalPolicies.of(this).destroy();
    this.#tag();
    this.#output("TableName", table.tableName, "Findings, ledger and scans; smalltarget reads it");
    this.#output("BucketName", bucket.bucketName, "Snapshots and scan documents");
    this.#output("TopicArn", topic.topicArn, "Messages about findings: subscribe here");
    this.#output("OperationsTopicArn", operations.topicArn, "Alarms about the watchdog itself: subscribe here too");
    this.#output("ScanFunctionName", scan.function.functionName, "The function");
    this.#output("LogGroupName", scan.logGroup.logGroupName, "What the function says");
    this.#output(
      "ScanFunctionArn",
      scan.alias.functionArn,
      "Start a scan: aws lambda invoke --invocation-type Event --function-name ARN /dev/stdout",
    );
  }

  #tag(): void {
    Tags.of(this).add("smalltarget:app", "watchdog");
    for (const part of this.node.children) Tags.of(part).add("smalltarget:part", part.node.id.toLowerCase());
  }

  #output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
