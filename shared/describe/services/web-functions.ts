/** Lambda Web Functions: named, not looked at. */
import type { Describe } from "./describe-answer.ts";

export interface WebFunctionAnswer {
  readonly arn: string;
  readonly name: string;
}

export const describe: Describe<WebFunctionAnswer> = ({ arn, name }, { region }) => [
  { resource: { arn, type: "AWS::Lambda::WebFunction", name, region, details: { lookedAt: false } }, relations: [] },
];
