/**
 * Condition keys by who decides about their value. Keys that stand here under `freeKeys` or `freePrefixes` are what a caller sends as he
 * likes, or properties of what he asks for; keys that policies/keys.ts does not know either are unknown, and so is what depends on them.
 * Source: IAM user guide, "AWS global condition context keys"; Service Authorization Reference, as of 2026-11.
 */

/** When the lists were last compared with their source. */
export const conditionKeysAsOf = "2026-11-27";

/** Sent with the request, by whomever: headers, parameters, properties of the object asked for. */
export const freeKeys: ReadonlySet<string> = new Set([
  "aws:referer",
  "aws:useragent",
  "aws:tagkeys",
  "events:detail-type",
  "events:eventbusinvocation",
  "events:source",
  "events:targetarn",
  "lambda:codesigningconfigarn",
  "lambda:functionarn",
  "lambda:layer",
  "lambda:principal",
  "lambda:securitygroupids",
  "lambda:subnetids",
  "lambda:vpcids",
  "dynamodb:attributes",
  "dynamodb:enclosingoperation",
  "dynamodb:fulltablescan",
  "dynamodb:leadingkeys",
  "dynamodb:returnconsumedcapacity",
  "dynamodb:returnvalues",
  "dynamodb:select",
  "s3:delimiter",
  "s3:existingjoboperation",
  "s3:if-match",
  "s3:if-none-match",
  "s3:locationconstraint",
  "s3:max-keys",
  "s3:object-lock-legal-hold",
  "s3:object-lock-mode",
  "s3:object-lock-remaining-retention-days",
  "s3:object-lock-retain-until-date",
  "s3:objectcreationoperation",
  "s3:prefix",
  "s3:requestobjecttagkeys",
  "s3:versionid",
  // AWS: "the external ID is not a secret"
  "sts:externalid",
  "sts:rolesessionname",
  "sts:transitivetagkeys",
]);

export const freePrefixes: readonly string[] = [
  "aws:requesttag/",
  "events:detail.",
  "s3:existingobjecttag/",
  "s3:requestobjecttag/",
  "s3:x-amz-",
  "s3:object-lock-",
];

/** What a signed call has beside its principal, and whoever signs decides about: his own role's tags, his session's name. */
export const freeWhenSigned: ReadonlySet<string> = new Set([
  "aws:federatedprovider",
  "aws:multifactorauthage",
  "aws:sourceidentity",
  "aws:username",
  "kms:viaservice",
  "s3:authtype",
  "s3:signatureage",
  "s3:signatureversion",
  "sts:sourceidentity",
]);

/** ARN of what a signed call was made from, which lies in the caller's account. The service that such an ARN is of. */
export const callersResource: Readonly<Record<string, string>> = {
  "codebuild:buildarn": "codebuild",
  "codebuild:projectarn": "codebuild",
  "ec2:sourceinstancearn": "ec2",
  "glue:credentialissuingservice": "glue",
  "lambda:sourcefunctionarn": "lambda",
  "ssm:sourceinstancearn": "ec2",
};

/** Who delivers to a bucket by an access control list of its own: CloudFront's standard logs. Source: CloudFront developer guide. */
export const logDeliveryCanonicalUser = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";
