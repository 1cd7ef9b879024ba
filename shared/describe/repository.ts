/** Image repositories and the functions that run their images. Pure. */
import { dayOf, dayText } from "../model/day.ts";
import type { GraphRow, LastUse, Relation } from "../model/graph.ts";
import type { ImageUse } from "../model/image-use.ts";
import { keyKind } from "./encryption.ts";

export interface Pulls {
  readonly images: number;
  readonly lastPulledAt: string | null;
  readonly lastPushedAt: string | null;
}

/** Takes `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:...` (or with a tag) apart. */
export function imageOf(uri: string): Omit<ImageUse, "functionArn"> | undefined {
  const found = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\/([^@:]+)([@:].+)?$/.exec(uri);
  const [, account, region, repository, image = ""] = found ?? [];
  return account && region && repository ? { account, region, repository, image: image.slice(1) } : undefined;
}

export function usesImage({ functionArn, account, region, repository }: ImageUse, { partition }: { readonly partition: string }): Relation {
  return {
    from: functionArn,
    to: `arn:${partition}:ecr:${region}:${account}:repository/${repository}`,
    kind: "uses-image",
    auth: "service",
    enabled: true,
    evidence: "lambda:GetFunction, ResolvedImageUri",
  };
}

interface ListedRepository {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string | undefined;
  readonly tagsMayMove: boolean;
  /** As AWS answers: `AES256`, `KMS`, `KMS_DSSE`. */
  readonly encryptionType: string;
  readonly kmsKey: string | undefined;
}

export function describeRepository(
  { arn, name, createdAt, tagsMayMove, encryptionType, kmsKey }: ListedRepository,
  runsFunctions: boolean,
  pulls: { readonly value: Pulls; readonly readAt: string } | undefined,
  region: string,
  now: Date,
): GraphRow {
  return {
    resource: {
      arn,
      type: "AWS::ECR::Repository",
      name,
      region,
      ...(createdAt ? { createdAt } : {}),
      // with KMS and no key of one's own it is the one that AWS manages for ECR
      encryption: {
        atRest: encryptionType.startsWith("KMS") ? keyKind(kmsKey ?? "alias/aws/ecr") : "aws-owned",
        inTransit: "enforced",
      },
      details: {
        tagsMayMove,
        runsFunctions,
        ...(pulls ? { images: pulls.value.images, lastPushedAt: pulls.value.lastPushedAt } : {}),
        ...(runsFunctions && !pulls ? { unread: ["images"] } : {}),
      },
      lastUsed: lastPull(pulls?.value, now),
      ...(pulls ? { readAt: pulls.readAt } : {}),
    },
    relations: [],
  };
}

/** A running image function pulls nothing, so the absence of a pull says nothing; a pull says that it was used then. */
function lastPull(pulls: Pulls | undefined, now: Date): LastUse {
  const at = pulls?.lastPulledAt;
  if (!at) return { state: "unknown", source: "last-pull", lookbackDays: 0, why: "functions run images without pulling them again" };
  return { state: "used", at: dayText(dayOf(at)), quietDays: Math.max(0, dayOf(now) - dayOf(at)), source: "last-pull", lookbackDays: 0 };
}
