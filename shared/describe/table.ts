/** A DynamoDB table, who else may reach it, and its stream. Pure. */
import { tableActions } from "../data/resource-actions.ts";
import type { GraphRow } from "../model/graph.ts";
import { dataPolicy, type Place, type PolicyAnswer } from "./data-policy.ts";

export interface TableRead {
  readonly createdAt: string | null;
  readonly streamArn: string | null;
  readonly keyArn: string | null;
  readonly deletionProtection: boolean;
  readonly onDemand: boolean;
  readonly sizeBytes: number | null;
  /** Reads of these count apart from those of the table. */
  readonly globalIndexes: readonly string[];
  readonly replicaRegions: readonly string[];
}

/**
 * @param answer undefined where the table could not be read
 * @param policy undefined where its policy could not be read
 */
export function describeTable(
  { arn, name }: { readonly arn: string; readonly name: string },
  answer: { readonly value: TableRead; readonly readAt: string } | undefined,
  policy: PolicyAnswer | undefined,
  place: Place,
): GraphRow {
  const listed = { arn, type: "AWS::DynamoDB::Table", name, region: place.region };
  const { relations, unread, untold } = dataPolicy(arn, policy, tableActions, "dynamodb:GetResourcePolicy", place);
  if (!answer) return { resource: { ...listed, details: { unread: ["stream", "encryption", ...unread], ...untold } }, relations };
  const { createdAt, streamArn, keyArn, ...details } = answer.value;
  return {
    resource: {
      ...listed,
      ...(createdAt ? { createdAt } : {}),
      // every table is encrypted; a key's ARN does not say whether AWS or the customer manages it
      encryption: { atRest: keyArn ? "unknown" : "aws-owned", inTransit: "enforced" },
      details: { ...details, streamArn, ...(keyArn ? { keyArn } : {}), ...(unread.length > 0 ? { unread } : {}), ...untold },
      readAt: answer.readAt,
    },
    relations: streamArn
      ? [
          ...relations,
          { from: arn, to: streamArn, kind: "feeds", auth: "service", enabled: true, evidence: "dynamodb:DescribeTable, LatestStreamArn" },
        ]
      : relations,
  };
}
