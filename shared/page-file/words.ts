/** How the page says what documents hold as codes. */
import type { HopAuth } from "../model/graph.ts";

/** How a hop is authenticated. */
export const authWords: Readonly<Record<HopAuth, string>> = {
  none: "no authentication",
  "api-key": "API key only",
  iam: "IAM",
  cognito: "Cognito",
  jwt: "JWT",
  "lambda-authorizer": "Lambda authorizer",
  "mutual-tls": "mutual TLS",
  login: "login",
  "signed-url": "signed URL",
  network: "from the network only",
  service: "AWS service",
  "cross-account": "other accounts",
};
