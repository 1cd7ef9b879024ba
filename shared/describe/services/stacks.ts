/** CloudFormation: a stack with its tags. */
import type { Describe } from "./describe-answer.ts";

export interface StackAnswer {
  readonly arn: string;
  readonly name: string;
  readonly createdAt?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly status: string | null;
  /** Topics that hear of everything that happens to it. */
  readonly tells?: readonly string[];
}

export const describe: Describe<StackAnswer> = ({ arn, name, createdAt, tags, status, tells = [] }, { region }) => [
  {
    resource: {
      arn,
      type: "AWS::CloudFormation::Stack",
      name,
      region,
      ...(createdAt ? { createdAt } : {}),
      tags,
      details: { status },
    },
    // they hear of nothing while nothing does
    relations: tells.map((to) => ({
      from: arn,
      to,
      kind: "notifies",
      auth: "service",
      enabled: true,
      evidence: `cloudformation:DescribeStacks, NotificationARNs of ${name}`,
    })),
  },
];
