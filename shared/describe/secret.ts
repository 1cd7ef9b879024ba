/** A secret as graph rows. Pure. */

import { functionArnOf } from "../model/arn.ts";
import { dayOf, dayText } from "../model/day.ts";
import type { GraphRow, LastUse } from "../model/graph.ts";
import { keyDetail, keyKind } from "./encryption.ts";

export interface ListedSecret {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: Date | undefined;
  readonly lastAccessedAt: Date | undefined;
  readonly lastChangedAt: Date | undefined;
  readonly lastRotatedAt: Date | undefined;
  readonly deletedAt: Date | undefined;
  readonly keyId: string | undefined;
  readonly rotationEnabled: boolean;
  readonly rotationFunctionArn: string | undefined;
  /** Longest wait between two rotations. */
  readonly rotationDays: number | undefined;
  readonly owningService: string | undefined;
  readonly primaryRegion: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export function describeSecret(secret: ListedSecret, region: string, now: Date): GraphRow {
  const { arn, name, tags, createdAt, keyId, rotationFunctionArn, primaryRegion } = secret;
  const rotates = rotationFunctionArn ? (functionArnOf(rotationFunctionArn) ?? rotationFunctionArn) : undefined;
  return {
    resource: {
      arn,
      type: "AWS::SecretsManager::Secret",
      name,
      region,
      ...(createdAt ? { createdAt: createdAt.toISOString() } : {}),
      tags,
      encryption: { atRest: keyKind(keyId ?? "alias/aws/secretsmanager"), inTransit: "enforced" },
      details: {
        rotationEnabled: secret.rotationEnabled,
        ...keyDetail(keyId, { arn, region }),
        ...(secret.rotationDays === undefined ? {} : { rotationDays: secret.rotationDays }),
        lastChangedAt: textOf(secret.lastChangedAt),
        lastRotatedAt: textOf(secret.lastRotatedAt),
        ...(secret.deletedAt ? { deletedAt: textOf(secret.deletedAt) } : {}),
        ...(secret.owningService ? { owningService: secret.owningService } : {}),
        ...(primaryRegion && primaryRegion !== region ? { replicaOf: primaryRegion } : {}),
      },
      lastUsed: lastRead(secret, now),
    },
    relations: rotates
      ? [
          {
            from: arn,
            to: rotates,
            kind: "invokes",
            auth: "service",
            enabled: secret.rotationEnabled,
            evidence: "secretsmanager:ListSecrets, RotationLambdaARN",
          },
        ]
      : [],
  };
}

/** ListSecrets gives the day of the last read, in this Region; a secret without one was never read here. */
function lastRead({ createdAt, lastAccessedAt }: ListedSecret, now: Date): LastUse {
  const since = lastAccessedAt ?? createdAt;
  const quietDays = since ? Math.max(0, dayOf(now) - dayOf(since)) : undefined;
  const known = createdAt ? dayOf(now) - dayOf(createdAt) : 0;
  return {
    state: lastAccessedAt ? "used" : "none-seen",
    ...(lastAccessedAt ? { at: dayText(dayOf(lastAccessedAt)) } : {}),
    ...(quietDays === undefined ? {} : { quietDays }),
    source: "last-accessed",
    lookbackDays: known,
  };
}

function textOf(at: Date | undefined): string | null {
  return at?.toISOString() ?? null;
}
