/** A log group, the function that writes to it and what its filters feed. Pure. */
import type { GraphRow, Relation } from "../model/graph.ts";
import { targetArn } from "./event-target.ts";

export interface FilterRead {
  readonly name: string;
  readonly destinationArn: string;
}

interface ListedGroup {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string | undefined;
  readonly storedBytes: number;
  readonly retentionDays: number | null;
  readonly customerKey: boolean;
  readonly class: string;
}

/**
 * @param filters undefined where they could not be, or were not yet, read; `none` where the group can have none
 * @param functionArn the function after which the group is named
 */
export function describeLogGroup(
  { arn, name, createdAt, customerKey, ...details }: ListedGroup,
  filters: { readonly value: readonly FilterRead[]; readonly readAt: string } | "none" | undefined,
  functionArn: string | undefined,
  region: string,
): GraphRow {
  const read = filters === "none" ? undefined : filters;
  const fed = (read?.value ?? []).map(
    (filter): Relation => ({
      from: arn,
      to: targetArn(filter.destinationArn),
      kind: "feeds",
      auth: "service",
      enabled: true,
      evidence: `logs:DescribeSubscriptionFilters, ${filter.name}`,
    }),
  );
  // a function may be told to log elsewhere: the name alone proves nothing
  const byName: Relation[] = functionArn
    ? [
        {
          from: functionArn,
          to: arn,
          kind: "logs-to",
          auth: "service",
          enabled: true,
          evidence: "logs:DescribeLogGroups, name",
          inferred: true,
        },
      ]
    : [];
  return {
    resource: {
      arn,
      type: "AWS::Logs::LogGroup",
      name,
      region,
      ...(createdAt ? { createdAt } : {}),
      // CloudWatch Logs encrypts every group
      encryption: { atRest: customerKey ? "customer-key" : "aws-owned", inTransit: "enforced" },
      details: { ...details, ...(filters === undefined ? { unread: ["subscriptionFilters"] } : {}) },
      ...(read ? { readAt: read.readAt } : {}),
    },
    relations: [...byName, ...fed],
  };
}
