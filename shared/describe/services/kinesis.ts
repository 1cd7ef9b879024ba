/** Kinesis: a data stream with its policy. */
import { streamActions } from "../../data/resource-actions.ts";
import { dataPolicy } from "../data-policy.ts";
import { keyKind } from "../encryption.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface StreamRead {
  readonly createdAt: string | null;
  readonly keyId: string | null;
  readonly retentionHours: number | null;
  readonly consumers: number;
}

/** Reads that are absent could not be made. */
export interface StreamAnswer {
  readonly stream: { readonly arn: string; readonly name: string };
  readonly read?: Read<StreamRead>;
  /** null: it has none. */
  readonly policy?: Read<string | null>;
}

/** A stream is encrypted at rest only where a key was named; its endpoint speaks TLS only. */
export const describe: Describe<StreamAnswer> = ({ stream: { arn, name }, read, policy }, place) => {
  const listed = { arn, type: "AWS::Kinesis::Stream", name, region: place.region };
  const { relations, unread, untold } = dataPolicy(arn, policy, streamActions, "kinesis:GetResourcePolicy", place);
  if (!read) return [{ resource: { ...listed, details: { unread: ["encryption", ...unread], ...untold } }, relations }];
  const { createdAt, keyId, retentionHours, consumers } = read.value;
  return [
    {
      resource: {
        ...listed,
        ...(createdAt ? { createdAt } : {}),
        encryption: { atRest: keyId ? keyKind(keyId) : "none", inTransit: "enforced" },
        details: { retentionHours, consumers, ...(unread.length > 0 ? { unread } : {}), ...untold },
        readAt: read.readAt,
      },
      relations,
    },
  ];
};
