/**
 * How long those who call a function and wait for its answer wait. Sources: quotas pages of the services, developer guides;
 * where AWS documents no number (`documented: false`) it is what is observed.
 */
export const callerLimitsAsOf = "2026-11-01";

export interface CallerLimit {
  readonly seconds: number;
  readonly documented: boolean;
  /** The caller in words. */
  readonly what: string;
}

/** By the service in the caller's ARN. API Gateway is not here: its integrations carry their own limit. */
export const callerLimits: Readonly<Record<string, CallerLimit>> = {
  // AppSync quotas: request execution time
  appsync: { seconds: 30, documented: true, what: "AppSync" },
  // Cognito developer guide, Lambda triggers: the function must respond within 5 seconds, up to 3 tries
  "cognito-idp": { seconds: 5, documented: true, what: "a Cognito user pool" },
  // idle timeout of the load balancer, where it is not known
  elasticloadbalancing: { seconds: 60, documented: false, what: "a load balancer" },
  // Lambda@Edge quotas: 5 s for viewer events, 30 s for origin events; an origin's answer is waited for 30 s by default
  cloudfront: { seconds: 30, documented: false, what: "CloudFront" },
  // Firehose developer guide, data transformation: invocation time of up to 5 minutes
  firehose: { seconds: 300, documented: true, what: "a Firehose stream" },
};

/** A Lambda authorizer of API Gateway. */
export const authorizerLimit: CallerLimit = { seconds: 10, documented: false, what: "API Gateway, as an authorizer," };
