/** Lambda: what lies around a function, or a layer. */
import { describeAccess, type FunctionAccess } from "../function-access.ts";
import type { Describe } from "./describe-answer.ts";

export interface Layer {
  /** Of its newest version. */
  readonly arn: string;
  readonly name: string;
  readonly createdAt?: string;
  readonly version: number | null;
  readonly compatibleRuntimes: readonly string[];
  /** Accounts and organizations that its policy lets take it; null: could not be read. Absent where a function here uses it. */
  readonly sharedWith?: readonly string[] | null;
}

export type LambdaAccessAnswer = { readonly access: FunctionAccess } | { readonly layer: Layer };

export const describe: Describe<LambdaAccessAnswer> = (answer, place) => {
  if ("access" in answer) return describeAccess(answer.access, place);
  const { arn, name, createdAt, version, compatibleRuntimes, sharedWith } = answer.layer;
  return [
    {
      resource: {
        arn,
        type: "AWS::Lambda::LayerVersion",
        name,
        region: place.region,
        ...(createdAt ? { createdAt } : {}),
        details: {
          version,
          isLatest: true,
          compatibleRuntimes,
          ...(sharedWith ? { sharedWith } : {}),
          ...(sharedWith === null ? { unread: ["policy"] } : {}),
        },
      },
      relations: [],
    },
  ];
};
