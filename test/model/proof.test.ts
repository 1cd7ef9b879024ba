import { describe, expect, test } from "vitest";
import { evidenceOf, type Proof, proofOf } from "../../shared/model/proof.ts";

const uuid = "1c2d3e4f-0000-4000-8000-000000000001";

describe("the proof of a relation", () => {
  test.each<[Proof, string]>([
    [{ by: "permission", sid: "AllowApi" }, "lambda:GetPolicy, statement AllowApi"],
    [{ by: "permission", sid: "AllowApi", qualifier: "live" }, "lambda:GetPolicy, statement AllowApi of live"],
    [{ by: "mapping", uuid }, `lambda:ListEventSourceMappings, ${uuid}`],
    [{ by: "mapping-failure", uuid }, `lambda:ListEventSourceMappings, OnFailure of ${uuid}`],
    [{ by: "destination", on: "OnFailure" }, "lambda:ListFunctionEventInvokeConfigs, OnFailure"],
    [{ by: "destination", on: "OnSuccess", qualifier: "7" }, "lambda:ListFunctionEventInvokeConfigs, OnSuccess of 7"],
    [
      { by: "version", member: "environment variable TABLE", version: "7" },
      "lambda:GetFunctionConfiguration, environment variable TABLE of version 7",
    ],
  ])("is read as it was written: %j", (proof, evidence) => {
    expect(evidenceOf(proof)).toBe(evidence);
    expect(proofOf({ evidence })).toEqual(proof);
  });

  test.each([
    "sns:ListSubscriptions, arn",
    "lambda:ListFunctions, Role",
    "lambda:GetPolicy",
    "lambda:ListFunctionEventInvokeConfigs, x",
    "",
  ])("is none that somebody goes on from: %j", (evidence) => {
    expect(proofOf({ evidence })).toBeUndefined();
  });
});
