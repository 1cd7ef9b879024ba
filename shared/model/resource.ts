/** Names of AWS resources: ARNs taken apart and put together. ARNs respect the partition (aws, aws-cn, aws-us-gov). */

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

export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon. */
  readonly resource: string;
}

/** Takes an ARN apart; undefined when the text is not one. */
export function parseArn(arn: string): ArnParts | undefined {
  const [prefix, partition, service, region, account, ...rest] = arn.split(":");
  if (prefix !== "arn" || !partition || !service || rest.length === 0) return undefined;
  return { partition, service, region: region ?? "", account: account ?? "", resource: rest.join(":") };
}

/**
 * The unqualified function ARN in `arn` (a function, version or alias ARN), or undefined for anything else.
 * `arn:aws:lambda:eu-west-1:111122223333:function:orders:live` gives the ARN without `:live`.
 */
export function functionArnOf(arn: string): string | undefined {
  const parts = arn.split(":");
  if (parts[2] !== "lambda" || parts[5] !== "function" || !parts[6]) return undefined;
  return parts.slice(0, 7).join(":");
}

/** The group in the ARN of a schedule (`arn:...:schedule/GROUP/NAME`); undefined for anything else. */
export function scheduleGroupOf(arn: string): string | undefined {
  return /^arn:[^:]+:scheduler:[^:]*:\d*:schedule\/([^/]+)\//.exec(arn)?.[1];
}

/** The account itself as a resource: where findings about the scan hang. */
export function accountResource(partition: string, account: string): ResourceRef {
  return { arn: `arn:${partition}:iam::${account}:root`, type: "AWS::::Account", name: account, account, region: "global" };
}
