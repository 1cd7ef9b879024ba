/**
 * How functions look that run only while something is deployed. They are quiet for months and needed all the same.
 * Source: descriptions, handlers and logical ids that AWS CDK 2 and the Serverless Framework 3 and 4 give to the helpers
 * that they add to a stack (read in synthesized templates).
 */
export const deployTimeFunctionsAsOf = "2026-11-24";

/** Matched against description, handler, and name or logical id. `own`: people call their own handlers so, too. */
export const deployTimePatterns: readonly {
  readonly of: "description" | "handler" | "name";
  readonly pattern: RegExp;
  readonly own?: true;
}[] = [
  { of: "description", pattern: /^AWS CDK resource provider framework/ },
  { of: "description", pattern: /^AWS CloudFormation handler for "?Custom::/ },
  { of: "description", pattern: /^Lambda function for (auto-deleting|removing all inbound\/outbound rules)/ },
  { of: "description", pattern: /custom resource/i, own: true },
  { of: "handler", pattern: /^__entrypoint__\.handler$/, own: true },
  { of: "handler", pattern: /\.certificateRequestHandler$/ },
  { of: "handler", pattern: /^framework\.(onEvent|isComplete|onTimeout)$/ },
  { of: "name", pattern: /CustomResourceProvider|CustomResourceHandler/i, own: true },
  { of: "name", pattern: /Providerframework/i },
  {
    of: "name",
    pattern: /CustomS3AutoDelete|CustomECRAutoDelete|CustomVpcRestrictDefault|CustomCrossRegionExport|CustomCDKBucketDeployment/i,
  },
  { of: "name", pattern: /CustomAWSCDKOpenIdConnect|AWSCDKOpenIdConnect|AWSCDKCfnUtilsProvider|CustomDynamoDB|CustomS3ObjectLambda/i },
  { of: "name", pattern: /BucketNotificationsHandler/ },
  // AwsCustomResource, LogRetention and BucketNotifications handlers are singletons with the hash of their UUID in the name
  { of: "name", pattern: /AWS679f53fac002430cb0da5b7982bd2287|LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a|LogRetention[a-z0-9]{16,}/i },
  { of: "name", pattern: /custom-resource-(apigw-cw-role|existing-s3|existing-cup|event-bridge)/ },
];
