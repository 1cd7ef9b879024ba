/**
 * Reads of what people keep, beyond those that data-actions.ts knows by resource: rows, messages, files, log lines, users, keys. A metadata
 * read (`Describe*`, `List*`) is none. Source: AWS Service Authorization Reference, as of 2026-11.
 */
import { dataActions } from "./data-actions.ts";

/** When the list was last compared with its source. */
export const dataReadsAsOf = "2026-11-01";

const more = [
  "athena:GetQueryResults",
  "cognito-idp:AdminGetUser",
  "cognito-idp:ListUsers",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "elasticfilesystem:ClientMount",
  "glacier:GetJobOutput",
  "kms:Decrypt",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetQueryResults",
  "rds-data:BatchExecuteStatement",
  "rds-data:ExecuteStatement",
  "redshift-data:GetStatementResult",
  "s3:GetObjectVersion",
  "timestream:Select",
];

const reads: ReadonlySet<string> = new Set([
  ...more.map((action) => action.toLowerCase()),
  ...Object.entries(dataActions).flatMap(([service, kinds]) =>
    (kinds["may-read"] ?? []).map((action) => `${service}:${action}`.toLowerCase()),
  ),
]);

/** @param action in any case */
export function readsData(action: string): boolean {
  return reads.has(action.toLowerCase());
}
