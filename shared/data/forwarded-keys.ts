/**
 * What a service asks of KMS on behalf of the caller where the data are encrypted with a key of the customer. Keys that AWS manages
 * let everybody of the account in who may use the service, and ask nothing of a role. Sources: "Key management" of S3, SQS, SNS, DynamoDB, Kinesis,
 * Secrets Manager and Systems Manager; pages on encryption at rest, as of 2026-11-27.
 */

/** Day on which it was last compared with its source. */
export const forwardedKeysAsOf = "2026-11-27";

const decrypt = ["kms:Decrypt"];
const both = ["kms:Decrypt", "kms:GenerateDataKey"];

const forwarded: Readonly<Record<string, readonly string[]>> = {
  "s3:GetObject": decrypt,
  "s3:GetObjectVersion": decrypt,
  "s3:PutObject": ["kms:GenerateDataKey"],
  "sqs:SendMessage": both,
  "sqs:ReceiveMessage": decrypt,
  "sns:Publish": both,
  "dynamodb:BatchGetItem": decrypt,
  "dynamodb:BatchWriteItem": decrypt,
  "dynamodb:ConditionCheckItem": decrypt,
  "dynamodb:DeleteItem": decrypt,
  "dynamodb:GetItem": decrypt,
  "dynamodb:GetRecords": decrypt,
  "dynamodb:PartiQLDelete": decrypt,
  "dynamodb:PartiQLInsert": decrypt,
  "dynamodb:PartiQLSelect": decrypt,
  "dynamodb:PartiQLUpdate": decrypt,
  "dynamodb:PutItem": decrypt,
  "dynamodb:Query": decrypt,
  "dynamodb:Scan": decrypt,
  "dynamodb:UpdateItem": decrypt,
  "kinesis:GetRecords": decrypt,
  "kinesis:PutRecord": ["kms:GenerateDataKey"],
  "kinesis:PutRecords": ["kms:GenerateDataKey"],
  "kinesis:SubscribeToShard": decrypt,
  "secretsmanager:BatchGetSecretValue": decrypt,
  "secretsmanager:CreateSecret": both,
  "secretsmanager:GetSecretValue": decrypt,
  "secretsmanager:PutSecretValue": both,
  "ssm:GetParameter": decrypt,
  "ssm:GetParameterHistory": decrypt,
  "ssm:GetParameters": decrypt,
  "ssm:GetParametersByPath": decrypt,
  "ssm:PutParameter": ["kms:Encrypt"],
};

/** Calls that send an object in parts read back the key that it began with. */
const inParts = new Set(["uploadpart", "uploadpartcopy", "completemultipartupload"]);

/** @param operation of the call, where it is one; empty: nothing is asked */
export function forwardedKeyActions(action: string, operation = ""): readonly string[] {
  if (action === "s3:PutObject" && inParts.has(operation.toLowerCase())) return decrypt;
  return forwarded[action] ?? [];
}

/** Members of requests that name a key of the customer. */
export const keyMember =
  /^(ssekmskeyid|ssekmsencryptioncontext|kmsmasterkeyid|kms_?key(id|arn|identifier)?|kmsmasterkeyarn|bucketkeyenabled|encryptionkey)$/i;

/** Variables of the environment whose name says that they hold a key of KMS. */
export const keyVariable = /(^|_)(KMS|CMK)(_|$)|KMS_?KEY|CMK_?(ARN|ID)|(^|_)ENCRYPTION_KEY_(ARN|ID)$/i;
