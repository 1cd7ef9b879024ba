/** What tells from how far outside a function can be reached, for rules whose findings are graver by that. */
import type { Need } from "../model/rule.ts";

/** Services whose answers hold doors, or what lies between a door and a function. */
export const doors: readonly Need[] = [
  "lambda-access",
  "rest-apis",
  "http-apis",
  "appsync",
  "cloudfront",
  "load-balancers",
  "lattice",
  "s3",
  "sqs",
  "sns",
  "event-buses",
  "pipes",
  "step-functions",
  "kinesis",
  "firehose",
  "cognito",
  "iot",
  "eventSourceMappings",
];
