import { expect, test } from "vitest";
import type { ExcessKind } from "../../shared/model/excess.ts";
import { gravestFirst } from "../../shared/permissions/gravest-first.ts";

const an = (kind: ExcessKind, action: string) => ({ action, kind, unneeded: false });

test("permissions come before data and writes; each service is named once before any is named twice; ways up come first", () => {
  const actions = [
    an("write", "lambda:CreateAlias"),
    an("write", "lambda:UpdateFunctionCode"),
    an("write", "dynamodb:PutItem"),
    an("data-read", "s3:GetObject"),
    an("permissions", "cloudwatch:CreateAccessGrant"),
    an("permissions", "cloudwatch:CreateAccessProfile"),
    an("permissions", "s3:PutBucketPolicy"),
    an("permissions", "iam:AttachRolePolicy"),
  ];
  expect(gravestFirst(actions).map(({ action }) => action)).toEqual([
    "iam:AttachRolePolicy",
    "cloudwatch:CreateAccessGrant",
    "s3:PutBucketPolicy",
    "cloudwatch:CreateAccessProfile",
    "s3:GetObject",
    "lambda:UpdateFunctionCode",
    "dynamodb:PutItem",
    "lambda:CreateAlias",
  ]);
});
