/** DynamoDB tables with their policies and streams; never items. */
import { DescribeTableCommand, GetResourcePolicyCommand, ListTablesCommand, type TableDescription } from "@aws-sdk/client-dynamodb";
import { codeOf } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import type { TableAnswer } from "../../describe/services/dynamodb.ts";
import type { TableRead } from "../../describe/table.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const dynamodbCollector: ServiceCollector<"dynamodb"> = {
  name: "dynamodb",
  scope: "region",
  readerVersion: 1,
  actions: ["dynamodb:ListTables", "dynamodb:DescribeTable", "dynamodb:GetResourcePolicy"],
  reads: "tables: policy, stream, encryption, deletion protection, size; never items",
  collect(context) {
    const { clients, region, account, partition } = context;
    return collectPart<TableAnswer>("dynamodb", region, async (sink) => {
      const names: string[] = [];
      const list = pages(
        (ExclusiveStartTableName) =>
          clients
            .dynamodb(region)
            .send(new ListTablesCommand({ Limit: 100, ...(ExclusiveStartTableName ? { ExclusiveStartTableName } : {}) })),
        (page) => page.LastEvaluatedTableName,
      );
      for await (const page of list) names.push(...(page.TableNames ?? []));
      const asked = names.map((key) => ({ key, fingerprint: "" }));
      const answers = await context.rotation.read("dynamodb-tables", asked, (name) => readTable(context, name), sink.miss);
      const arnOf = (name: string) => `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
      const policies = await context.rotation.read("dynamodb-policies", asked, (name) => readPolicy(context, arnOf(name)), sink.miss);
      for (const name of names) {
        sink.push({ table: { arn: arnOf(name), name }, read: answers.get(name), policy: policies.get(name) });
      }
    });
  },
};

/** Null where the table has none, as nearly all have. */
async function readPolicy({ clients, region }: CollectContext, ResourceArn: string): Promise<string | null> {
  try {
    return (await clients.dynamodb(region).send(new GetResourcePolicyCommand({ ResourceArn }))).Policy ?? null;
  } catch (error) {
    if (codeOf(error) === "PolicyNotFoundException") return null;
    throw error;
  }
}

async function readTable({ clients, region }: CollectContext, TableName: string): Promise<TableRead> {
  const { Table = {} } = await clients.dynamodb(region).send(new DescribeTableCommand({ TableName }));
  return trimmed(Table);
}

function trimmed(table: TableDescription): TableRead {
  const { CreationDateTime, LatestStreamArn, StreamSpecification, SSEDescription, DeletionProtectionEnabled, BillingModeSummary } = table;
  return {
    createdAt: CreationDateTime?.toISOString() ?? null,
    // the label stays readable for a day after the stream was switched off
    streamArn: StreamSpecification?.StreamEnabled ? (LatestStreamArn ?? null) : null,
    keyArn: SSEDescription?.KMSMasterKeyArn ?? null,
    deletionProtection: DeletionProtectionEnabled === true,
    onDemand: BillingModeSummary?.BillingMode === "PAY_PER_REQUEST",
    sizeBytes: table.TableSizeBytes ?? null,
    globalIndexes: (table.GlobalSecondaryIndexes ?? []).flatMap(({ IndexName }) => IndexName ?? []),
    replicaRegions: (table.Replicas ?? []).flatMap(({ RegionName }) => RegionName ?? []),
  };
}
