import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, Billing, ProjectionType, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { tableDefinition } from "../shared/store/table.ts";

/** Findings, ledger and scans. Survives the stack: it is the only memory of what was seen. */
export class FindingsTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const key = (name: string) => ({ name, type: AttributeType.STRING });
    this.table = new TableV2(this, "Table", {
      partitionKey: key(tableDefinition.partitionKey),
      sortKey: key(tableDefinition.sortKey),
      timeToLiveAttribute: tableDefinition.timeToLiveAttribute,
      globalSecondaryIndexes: tableDefinition.indexes.map(({ name, partitionKey, sortKey, include }) => ({
        indexName: name,
        partitionKey: key(partitionKey),
        ...(sortKey ? { sortKey: key(sortKey) } : {}),
        ...(include ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...include] } : { projectionType: ProjectionType.ALL }),
      })),
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // not protected: CloudFormation could not take it away again after a first deployment that failed (docs/decisions/0011)
      deletionProtection: false,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
