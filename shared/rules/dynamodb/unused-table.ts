import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { judgeUnused, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** A table that nobody read or wrote for months. Expiry of items, streams and replication are no use. */
export const unusedTable = resourceRule({
  ...unusedRule,
  id: "dynamodb/unused-table",
  summary: "a table was neither read nor written for months",
  why: "Data that nobody uses can still be stolen, and provisioned capacity and storage are paid for.",
  needs: ["dynamodb:own", "resource-usage:own", "functions", "eventSourceMappings", "scheduler", "event-buses"],
  gone: ["dynamodb:listed"],
  types: ["AWS::DynamoDB::Table"],
  references: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html"],

  judge(subject, context) {
    const { replicaRegions, unread } = subject.resource.details ?? {};
    // a replica is there for the day when another Region fails
    if (Array.isArray(replicaRegions) && replicaRegions.length > 0) return { answer: "clear" };
    if (unread) return { answer: "unknown", why: "its indexes and replicas could not be read" };
    return judgeUnused(subject, context);
  },

  word(evidence, resource) {
    const options = { "table-name": resource.name, region: resource.region };
    const backup = awsCommand("dynamodb", "create-backup", { ...options, "backup-name": "before-removal" });
    const advice = "First make a backup, from which it can be restored; then delete it.";
    return {
      title: unusedTitle("Table", "read or written", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [backup, awsCommand("dynamodb", "delete-table", options)]),
    };
  },
});
