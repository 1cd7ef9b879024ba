/** An account with a bit of everything, as the document of a scan: for what is drawn, listed, written to sheets and pruned. */
import type { DocumentResource } from "../shared/model/document.ts";
import type { Exposure, HopAuth, Relation, RelationKind } from "../shared/model/graph.ts";
import { aDocument, aFunction } from "./build.ts";

const account = "111122223333";
const place = `eu-west-1:${account}`;

/** ARNs of what the account has. */
export const arns = {
  orders: `arn:aws:lambda:${place}:function:orders-api`,
  legacy: `arn:aws:lambda:${place}:function:legacy-import`,
  mailer: `arn:aws:lambda:${place}:function:mailer`,
  ordersRole: `arn:aws:iam::${account}:role/orders-api-role`,
  legacyRole: `arn:aws:iam::${account}:role/service/legacy-import-role`,
  sharedRole: `arn:aws:iam::${account}:role/shared-role`,
  api: `arn:aws:apigateway:eu-west-1::/restapis/a1b2c3`,
  route: `arn:aws:execute-api:${place}:a1b2c3/*/POST/orders`,
  table: `arn:aws:dynamodb:${place}:table/orders`,
  bucket: "arn:aws:s3:::acme-uploads",
  imports: `arn:aws:sqs:${place}:imports`,
  mails: `arn:aws:sqs:${place}:mails`,
  mailsDead: `arn:aws:sqs:${place}:mails-dlq`,
  nightly: `arn:aws:events:${place}:rule/legacy-nightly`,
  alarm: `arn:aws:cloudwatch:${place}:alarm:legacy-errors`,
  legacyLogs: `arn:aws:logs:${place}:log-group:/aws/lambda/legacy-import`,
  layer: `arn:aws:lambda:${place}:layer:legacy-csv:3`,
} as const;

/** A resource without owner that nothing outside reaches. */
export function aResource(given: Partial<DocumentResource> & Pick<DocumentResource, "arn" | "type" | "name">): DocumentResource {
  return { region: "eu-west-1", owner: {}, exposure: { level: "none", paths: [] }, ...given };
}

export function aRelation(from: string, kind: RelationKind, to: string, auth: HopAuth = "service", more: Partial<Relation> = {}): Relation {
  return { from, to, kind, auth, enabled: true, evidence: "lambda:ListFunctions, Role", ...more };
}

const payments = { team: "payments", source: "tag team", confidence: "high" } as const;
const open = (level: Exposure["level"]): DocumentResource["exposure"] => ({ level, paths: [["internet", arns.route, arns.orders]] });

export const resources: readonly DocumentResource[] = [
  aResource({
    arn: arns.orders,
    type: "AWS::Lambda::Function",
    name: "orders-api",
    owner: payments,
    tags: { team: "payments", "aws:cloudformation:stack-name": "orders", "aws:cloudformation:logical-id": "ApiFunction" },
    exposure: open("internet-anonymous"),
  }),
  aResource({ arn: arns.legacy, type: "AWS::Lambda::Function", name: "legacy-import" }),
  aResource({
    arn: arns.mailer,
    type: "AWS::Lambda::Function",
    name: "mailer",
    owner: payments,
    exposure: { level: "internal", paths: [] },
  }),
  aResource({
    arn: arns.api,
    type: "AWS::ApiGateway::RestApi",
    name: "orders",
    exposure: open("internet-anonymous"),
    encryption: { atRest: "aws-owned", inTransit: "enforced" },
  }),
  aResource({ arn: arns.route, type: "AWS::ApiGateway::Method", name: "POST /orders", exposure: open("internet-anonymous") }),
  aResource({
    arn: arns.table,
    type: "AWS::DynamoDB::Table",
    name: "orders",
    owner: payments,
    encryption: { atRest: "customer-key", inTransit: "enforced" },
    exposure: { level: "internal", indirectLevel: "internet-authenticated", paths: [] },
  }),
  aResource({
    arn: arns.bucket,
    type: "AWS::S3::Bucket",
    name: "acme-uploads",
    region: "us-east-1",
    encryption: { atRest: "aws-owned", inTransit: "not-enforced" },
    exposure: { level: "cross-account", paths: [] },
  }),
  aResource({ arn: arns.imports, type: "AWS::SQS::Queue", name: "imports" }),
  aResource({ arn: arns.mails, type: "AWS::SQS::Queue", name: "mails" }),
  aResource({ arn: arns.legacyLogs, type: "AWS::Logs::LogGroup", name: "/aws/lambda/legacy-import" }),
  aResource({ arn: arns.legacyRole, type: "AWS::IAM::Role", name: "legacy-import-role", region: "global" }),
  aResource({ arn: arns.sharedRole, type: "AWS::IAM::Role", name: "shared-role", region: "global" }),
];

export const mappingId = "1ea8bd42-9fb6-5b9d-97a9-e5d27ccf8b07";

export const relations: readonly Relation[] = [
  aRelation("internet", "routes-to", arns.route, "none", { evidence: "apigateway:GetResources, authorization NONE" }),
  aRelation(arns.route, "invokes", arns.orders, "service", { evidence: "apigateway:GetResources, integration of POST /orders" }),
  aRelation(arns.orders, "may-write", arns.table, "iam", { evidence: "iam:GetAccountAuthorizationDetails, orders-api-role" }),
  aRelation(arns.orders, "publishes-to", arns.mails, "service", {
    evidence: "lambda:ListFunctions, environment variable MAILS",
    inferred: true,
  }),
  aRelation(arns.orders, "assumes", arns.ordersRole),
  aRelation(arns.mails, "feeds", arns.mailer, "service", {
    evidence: "lambda:ListEventSourceMappings, 0f0f0f0f-0000-4000-8000-000000000000",
  }),
  aRelation(arns.mails, "dead-letters-to", arns.mailsDead, "service", { evidence: "sqs:GetQueueAttributes, RedrivePolicy" }),
  aRelation(arns.mailer, "assumes", arns.sharedRole),
  aRelation(arns.imports, "feeds", arns.legacy, "service", { enabled: true, evidence: `lambda:ListEventSourceMappings, ${mappingId}` }),
  aRelation(arns.nightly, "invokes", arns.legacy, "service", { evidence: "events:ListTargetsByRule, legacy-nightly" }),
  aRelation(arns.nightly, "invokes", arns.legacy, "service", { evidence: "lambda:GetPolicy, statement AllowNightly" }),
  aRelation(arns.alarm, "invokes", arns.legacy, "service", { evidence: "cloudwatch:DescribeAlarms, legacy-errors" }),
  aRelation(arns.legacy, "assumes", arns.legacyRole),
  aRelation(arns.legacy, "uses-layer", arns.layer, "service", { evidence: "lambda:ListFunctions, Layers" }),
  aRelation(arns.legacy, "logs-to", arns.legacyLogs, "service", { evidence: "lambda:ListFunctions, LoggingConfig" }),
];

/** The document of the account's last scan. */
export function anAccount() {
  return aDocument({
    functions: [
      aFunction(),
      aFunction({
        name: "legacy-import",
        roleArn: arns.legacyRole,
        lastInvocation: { state: "invoked", at: "2025-09-04", quietDays: 446, source: "metrics", lookbackDays: 455 },
      }),
      aFunction({ name: "mailer", roleArn: arns.sharedRole }),
    ],
    resources,
    relations,
  });
}
