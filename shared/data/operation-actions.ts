/**
 * What a call of an SDK asks of IAM where that is not the action of its own name. Sources: the Service Authorization Reference ("API operation"
 * and "dependent actions"), the pages on permissions of each service's API reference, and the models of botocore for calls that carry no
 * signature. The rows of S3 are in s3-actions.ts.
 */
import type { ActionUse, OperationRow, OperationRows } from "../model/action-use.ts";
import { permissionless, unsignedCalls } from "./permissionless-calls.ts";
import { s3Actions, s3ControlActions } from "./s3-actions.ts";

/** Day on which the rows were last gone through. */
export const operationActionsAsOf = "2026-11-27";

const same = (operations: string, ...row: OperationRow): OperationRows =>
  Object.fromEntries(operations.split(" ").map((operation) => [operation, row]));

const when = (action: string, ...members: string[]): ActionUse => ({ action, when: members });
const forwarded = (action: string, members: readonly string[], on: readonly string[] = members): ActionUse => ({
  action,
  when: members,
  on,
  forwarded: true,
});

const secret = forwarded("secretsmanager:GetSecretValue", ["SecretArn"]);
const image = forwarded("s3:GetObject", ["S3Object", "Bucket"], ["Bucket", "Key", "Name"]);
/** Redshift makes a login for the caller: which one depends on how the cluster is named. */
const redshiftLogin: OperationRow = [
  { action: "redshift:GetClusterCredentials", when: ["DbUser"], unless: ["SecretArn"], forwarded: true },
  { action: "redshift:GetClusterCredentialsWithIAM", when: ["ClusterIdentifier"], unless: ["DbUser", "SecretArn"], forwarded: true },
  { action: "redshift-serverless:GetCredentials", when: ["WorkgroupName"], unless: ["SecretArn"], forwarded: true },
  secret,
];
const redshiftQuery = (operation: string): OperationRows => ({ [operation]: [`redshift-data:${operation}`, ...redshiftLogin] });
const results = ["OutputLocation", "ResultConfiguration"];

/** By client (lower case letters and digits) or by IAM prefix; what stands under the client's name goes first. */
const byService: Readonly<Record<string, OperationRows>> = {
  s3: s3Actions,
  s3control: s3ControlActions,
  dynamodb: {
    // which of them the members of the request say; need-dynamodb.ts
    TransactGetItems: ["dynamodb:GetItem"],
    DescribeEndpoints: [],
  },
  lambda: {
    ...same("Invoke InvokeAsync InvokeWithResponseStream", "lambda:InvokeFunction"),
    ...same(
      "CreateFunction UpdateFunctionCode PublishLayerVersion",
      "lambda:*",
      forwarded("s3:GetObject", ["S3Bucket"], ["S3Bucket", "S3Key"]),
    ),
    GetLayerVersionByArn: ["lambda:GetLayerVersion"],
  },
  sqs: {
    SendMessageBatch: ["sqs:SendMessage"],
    DeleteMessageBatch: ["sqs:DeleteMessage"],
    ChangeMessageVisibilityBatch: ["sqs:ChangeMessageVisibility"],
  },
  sns: { PublishBatch: ["sns:Publish"] },
  apigatewaymanagementapi: same("PostToConnection GetConnection DeleteConnection", "execute-api:ManageConnections"),
  kms: {
    ReEncrypt: [
      { action: "kms:ReEncryptFrom", on: ["SourceKeyId"] },
      { action: "kms:ReEncryptTo", on: ["DestinationKeyId"] },
    ],
  },
  bedrock: {
    ...same(
      "Converse InvokeModel InvokeModelWithBidirectionalStream",
      "bedrock:InvokeModel",
      when("bedrock:ApplyGuardrail", "GuardrailIdentifier"),
    ),
    // files are read and written with the caller's permissions; where both are named, nothing tells which is which
    StartAsyncInvoke: ["bedrock:InvokeModel", forwarded("s3:PutObject", ["s3Uri"])],
    InvokeDataAutomationAsync: [
      "bedrock:InvokeDataAutomationAsync",
      forwarded("s3:GetObject", ["s3Uri"]),
      forwarded("s3:PutObject", ["s3Uri"]),
    ],
    ...same(
      "ConverseStream InvokeModelWithResponseStream",
      "bedrock:InvokeModelWithResponseStream",
      when("bedrock:ApplyGuardrail", "GuardrailIdentifier"),
    ),
    ...same(
      "RetrieveAndGenerate RetrieveAndGenerateStream",
      "bedrock:RetrieveAndGenerate",
      when("bedrock:Retrieve", "KnowledgeBaseId"),
      when("bedrock:InvokeModel", "ModelArn"),
    ),
  },
  ses: {
    // version 2 of the API: what kind of mail it is, its content says
    SendEmail: [
      { action: "ses:SendEmail", unless: ["Raw"] },
      when("ses:SendRawEmail", "Raw"),
      when("ses:SendTemplatedEmail", "TemplateName"),
    ],
    PutAccountDeliveryAttributes: [],
  },
  iot: { Publish: ["iot:Publish", when("iot:RetainPublish", "retain")] },
  rdsdata: same("ExecuteStatement BatchExecuteStatement", "rds-data:*", secret),
  redshiftdata: {
    ...redshiftQuery("ExecuteStatement"),
    ...redshiftQuery("BatchExecuteStatement"),
    ...redshiftQuery("ListDatabases"),
    ...redshiftQuery("ListSchemas"),
    ...redshiftQuery("ListTables"),
    ...redshiftQuery("DescribeTable"),
    GetStatementResultV2: ["redshift-data:GetStatementResult"],
  },
  secretsmanager: {
    // each secret is asked for by itself, and found by filters as in a list
    BatchGetSecretValue: [
      "secretsmanager:BatchGetSecretValue",
      { action: "secretsmanager:GetSecretValue", on: ["SecretIdList"] },
      when("secretsmanager:ListSecrets", "Filters"),
    ],
  },
  timestreamquery: {
    Query: ["timestream:Select", "timestream:DescribeEndpoints"],
    ...same("PrepareQuery ExecuteScheduledQuery CancelQuery", "timestream:*", "timestream:DescribeEndpoints"),
  },
  timestreamwrite: same(
    "WriteRecords CreateDatabase CreateTable DescribeTable DescribeDatabase ListTables",
    "timestream:*",
    "timestream:DescribeEndpoints",
  ),
  athena: {
    StartQueryExecution: [
      "athena:StartQueryExecution",
      forwarded("s3:GetBucketLocation", results, ["OutputLocation"]),
      forwarded("s3:PutObject", results, ["OutputLocation"]),
      forwarded("glue:GetTable", ["QueryString"], ["Database"]),
    ],
    // the results are read with the caller's permissions, from where the query was told to put them
    GetQueryResults: ["athena:GetQueryResults", forwarded("s3:GetObject", results, ["OutputLocation"])],
  },
  textract: same(
    "AnalyzeDocument DetectDocumentText AnalyzeExpense AnalyzeID StartDocumentAnalysis StartDocumentTextDetection StartExpenseAnalysis StartLendingAnalysis",
    "textract:*",
    image,
  ),
  rekognition: same(
    "DetectLabels DetectFaces DetectText DetectModerationLabels RecognizeCelebrities SearchFacesByImage IndexFaces CompareFaces DetectCustomLabels DetectProtectiveEquipment StartLabelDetection StartTextDetection StartFaceDetection StartContentModeration StartFaceSearch StartCelebrityRecognition StartPersonTracking",
    "rekognition:*",
    image,
  ),
  transcribe: same(
    "StartTranscriptionJob StartMedicalTranscriptionJob StartCallAnalyticsJob",
    "transcribe:*",
    forwarded("s3:GetObject", ["MediaFileUri"]),
    forwarded("s3:PutObject", ["OutputBucketName"], ["OutputBucketName", "OutputKey"]),
  ),
  polly: { StartSpeechSynthesisTask: ["polly:StartSpeechSynthesisTask", forwarded("s3:PutObject", ["OutputS3BucketName"])] },
  comprehendmedical: { DetectEntities: ["comprehendmedical:DetectEntitiesV2"] },
  budgets: {
    ...same(
      "CreateBudget UpdateBudget DeleteBudget CreateNotification UpdateNotification DeleteNotification CreateSubscriber UpdateSubscriber DeleteSubscriber",
      "budgets:ModifyBudget",
    ),
    ...same(
      "DescribeBudget DescribeBudgets DescribeBudgetNotificationsForAccount DescribeBudgetPerformanceHistory DescribeNotificationsForBudget DescribeSubscribersForNotification",
      "budgets:ViewBudget",
    ),
  },
  cassandra: {
    ...same("CreateKeyspace CreateTable CreateType", "cassandra:Create"),
    ...same("DeleteKeyspace DeleteTable DeleteType", "cassandra:Drop"),
    ...same("UpdateKeyspace UpdateTable", "cassandra:Alter"),
    ...same(
      "GetKeyspace GetTable GetTableAutoScalingSettings GetType ListKeyspaces ListTables ListTypes ListTagsForResource",
      "cassandra:Select",
    ),
    RestoreTable: ["cassandra:Restore"],
  },
  neptunedata: {
    ...same(
      "ExecuteGremlinQuery ExecuteOpenCypherQuery",
      "neptune-db:ReadDataViaQuery",
      "neptune-db:WriteDataViaQuery",
      "neptune-db:DeleteDataViaQuery",
    ),
    ...same("ExecuteGremlinExplainQuery ExecuteGremlinProfileQuery ExecuteOpenCypherExplainQuery", "neptune-db:ReadDataViaQuery"),
    ...same("GetGremlinQueryStatus GetOpenCypherQueryStatus ListGremlinQueries ListOpenCypherQueries", "neptune-db:GetQueryStatus"),
    ...same("CancelGremlinQuery CancelOpenCypherQuery", "neptune-db:CancelQuery"),
    ...same("GetPropertygraphStream GetSparqlStream", "neptune-db:GetStreamRecords"),
    ...same("GetPropertygraphSummary GetRDFGraphSummary", "neptune-db:GetGraphSummary"),
    ...same("GetPropertygraphStatistics GetSparqlStatistics", "neptune-db:GetStatisticsStatus"),
    ExecuteFastReset: ["neptune-db:ResetDatabase"],
  },
  cloudfront: { CreateDistributionWithTags: ["cloudfront:CreateDistribution", "cloudfront:TagResource"] },
  ecs: {
    // it hands over the roles that the task definition names, which the call need not say
    ...same("RunTask StartTask", "ecs:*", { action: "iam:PassRole", unless: ["ExecutionRoleArn", "TaskRoleArn"] }),
  },
  accessanalyzer: { GetFindingV2: ["access-analyzer:GetFinding"], ListFindingsV2: ["access-analyzer:ListFindings"] },
  kinesisanalytics: {
    ...same("CreateSnapshot DeleteSnapshot DescribeSnapshot ListSnapshots", "kinesisanalytics:*"),
  },
  verifiedpermissions: {
    BatchIsAuthorized: ["verifiedpermissions:IsAuthorized"],
    BatchIsAuthorizedWithToken: ["verifiedpermissions:IsAuthorizedWithToken"],
    BatchGetPolicy: ["verifiedpermissions:GetPolicy"],
  },
  sts: {
    ...permissionless("GetCallerIdentity GetSessionToken AssumeRoleWithSAML AssumeRoleWithWebIdentity"),
    AssumeRole: ["sts:AssumeRole", { action: "sts:TagSession", when: ["Tags"], on: ["RoleArn"] }],
  },
  ...unsignedCalls,
};

let rows: ReadonlyMap<string, OperationRow> | undefined;

/**
 * The row of an operation; undefined where the action of its own name is all it asks.
 * @param service a client's name or an IAM prefix @param operation in any case: boto3's names are put together from `describe_db_instances`
 */
export function operationRow(service: string, operation: string): OperationRow | undefined {
  rows ??= new Map(
    Object.entries(byService).flatMap(([name, operations]) =>
      Object.entries(operations).map(([key, row]): [string, OperationRow] => [`${name} ${key}`.toLowerCase(), row]),
    ),
  );
  return rows.get(`${service} ${operation}`.toLowerCase());
}

/** How many operations have a row. */
export const operationRowCount: number = Object.values(byService).reduce((count, operations) => count + Object.keys(operations).length, 0);
