import { afterAll, beforeAll, expect, test } from "vitest";
import { type Known, knowTheAccount, type PagedList, refuseHalf } from "../one-refusal.ts";

let known: Known;
beforeAll(async () => {
  known = await knowTheAccount();
});
afterAll(() => known.forget());

const list = (operation: string, list: string, given = "NextToken", taken = given): PagedList => ({
  operation,
  list,
  token: [given, taken],
});

const lists: readonly PagedList[] = [
  list("lambda:ListFunctions", "Functions", "NextMarker", "Marker"),
  { ...list("lambda:ListFunctions", "Functions", "NextMarker", "Marker"), keepsLast: true },
  list("lambda:ListEventSourceMappings", "EventSourceMappings", "NextMarker", "Marker"),
  { ...list("iam:GetAccountAuthorizationDetails", "RoleDetailList", "Marker"), more: "IsTruncated" },
  list("sqs:ListQueues", "QueueUrls"),
  list("sns:ListTopics", "Topics"),
  list("sns:ListSubscriptions", "Subscriptions"),
  list("events:ListRules", "Rules"),
  list("dynamodb:ListTables", "TableNames", "LastEvaluatedTableName", "ExclusiveStartTableName"),
  list("secretsmanager:ListSecrets", "SecretList"),
  list("states:ListStateMachines", "stateMachines", "nextToken"),
  list("logs:DescribeLogGroups", "logGroups", "nextToken"),
  list("tag:GetResources", "ResourceTagMappingList", "PaginationToken"),
  list("s3:ListBuckets", "Buckets", "ContinuationToken"),
];

test.each(lists)(
  "of $operation one page answered and the next denied: nothing is resolved, opened, graver or milder, and nobody is told",
  async (one) => {
    expect(known.operations).toContain(one.operation);
    expect(await refuseHalf(one, known)).toEqual({ resolved: [], opened: [], graver: [], milder: [], told: [] });
  },
);
