/** What a finding is about. */

export interface ResourceRef {
  readonly arn: string;
  /** CloudFormation type, e.g. `AWS::Lambda::Function`; `AWS::::Account` for the account. */
  readonly type: string;
  readonly name: string;
  readonly account: string;
  /** AWS Region, or `global`. */
  readonly region: string;
}

/** The account itself as a resource: where findings about the scan hang. */
export function accountResource(partition: string, account: string): ResourceRef {
  return { arn: `arn:${partition}:iam::${account}:root`, type: "AWS::::Account", name: account, account, region: "global" };
}
