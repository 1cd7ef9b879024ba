/** CloudFormation: a stack with its tags. */
import type { Describe } from "./describe-answer.ts";

export interface StackAnswer {
  readonly arn: string;
  readonly name: string;
  readonly createdAt?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly status: string | null;
}

export const describe: Describe<StackAnswer> = ({ arn, name, createdAt, tags, status }, { region }) => [
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
    relations: [],
  },
];
