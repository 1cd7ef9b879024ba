/** DynamoDB tables and their streams; never items. */
import { DescribeTableCommand, ListTablesCommand, type TableDescription } from "@aws-sdk/client-dynamodb";
import { pages } from "../../aws/paginate.ts";
import { describeTable, type TableRead } from "../../graph/describe/table.ts";
import { type CollectContext, collectPart } from "../collector.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const dynamodbCollector: ServiceCollector = {
  name: "dynamodb",
  scope: "region",
  actions: ["dynamodb:ListTables", "dynamodb:DescribeTable"],
  reads: "tables: stream, encryption, deletion protection, size; never items",
  collect(context) {
    const { clients, region, account, partition } = context;
    return collectPart("dynamodb", region, async (sink) => {
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
      for (const name of names) {
        const arn = `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
        sink.push(describeTable({ arn, name }, answers.get(name), region));
      }
    });
  },
};

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
