/**
 * Services of AWS whose own configuration says what they start or send to: a permission of theirs without such a configuration starts
 * nothing. All others show only in the policy of what they call (AWS Config, CodePipeline, SES, Secrets Manager for a rotation by hand;
 * IoT Core for custom authorizers and provisioning hooks, which are not listed as its rules are).
 * Source: the actions that the collectors of this project ask, and the services' API references.
 */
export const serviceCallersAsOf = "2026-11-27";

const listedServices: ReadonlySet<string> = new Set([
  "apigateway",
  "appsync",
  "cloudfront",
  "cognito-idp",
  "dynamodb",
  "elasticloadbalancing",
  "events",
  "execute-api",
  "firehose",
  "kinesis",
  "lambda",
  "logs",
  "pipes",
  "s3",
  "scheduler",
  "sns",
  "sqs",
  "states",
  "vpc-lattice",
]);

/** Whether a principal (`sns.amazonaws.com`) is a service whose own configuration is read. `logs.eu-west-1.amazonaws.com` is logs; `events.rds` is not events. */
export function isListedService(principal: string): boolean {
  const name = /^([a-z0-9-]+)(\.[a-z]{2}(-[a-z]+)+-\d)?\.amazonaws\.com(\.cn)?$/.exec(principal)?.[1];
  return listedServices.has(name ?? "");
}

/** Whether the service of an ARN is one whose resources are listed. */
export function isListedIn(arnService: string): boolean {
  return listedServices.has(arnService);
}
