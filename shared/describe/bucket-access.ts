/**
 * Who reaches a bucket from outside: by policy or by access control list, unless the public access block of the bucket or
 * of the account forbids it. The two halves that forbid new public settings (BlockPublicAcls, BlockPublicPolicy) do not
 * close what is already public; IgnorePublicAcls and RestrictPublicBuckets do.
 * Source: S3 user guide, "Blocking public access to your Amazon S3 storage". Pure.
 */
import { bucketActions } from "../data/resource-actions.ts";
import { type DetailValue, outside, type Relation } from "../model/graph.ts";
import { doorDetails, doorsOf } from "./doors.ts";

export interface PublicAccessBlock {
  readonly BlockPublicAcls?: boolean;
  readonly IgnorePublicAcls?: boolean;
  readonly BlockPublicPolicy?: boolean;
  readonly RestrictPublicBuckets?: boolean;
}

/** One grant of an access control list. A grantee may have several. */
export interface AclGrant {
  /** `AllUsers`, `AuthenticatedUsers`, `LogDelivery`, `canonical-user` for an account that is not the owner, or `other`. */
  readonly grantee: string;
  readonly permission: string;
}

/** What is known of a bucket's access; a member that is undefined could not be read. */
export interface BucketAccessRead {
  readonly policy: string | undefined;
  /** S3's own word on whether the policy is public; null where it has none, undefined where it could not be read. */
  readonly policyIsPublic?: boolean | null | undefined;
  readonly grants: readonly AclGrant[] | undefined;
  readonly bucketBlock: PublicAccessBlock | undefined;
  readonly accountBlock: PublicAccessBlock | undefined;
}

export interface BucketAccess {
  readonly relations: readonly Relation[];
  /** What lets everybody write, read, or only look at settings: statements of the policy and grants of the access control list. */
  readonly publicWrite: readonly string[];
  readonly publicRead: readonly string[];
  readonly publicInspect: readonly string[];
  /** What else of the policy is kept as details. */
  readonly details: Readonly<Record<string, DetailValue>>;
  /** Those of the four parts of the public access block that are on, at the bucket or the account. */
  readonly blocked: readonly string[];
  readonly unread: readonly string[];
}

export const blockParts = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;

/** What a permission of an access control list lets do. Source: S3 user guide, "Access control list (ACL) overview". */
const permissions: Readonly<Record<string, readonly ("write" | "read" | "inspect")[]>> = {
  WRITE: ["write"],
  WRITE_ACP: ["write"],
  READ: ["read"],
  READ_ACP: ["inspect"],
  FULL_CONTROL: ["write", "read"],
};
const operation = "s3:GetBucketPolicy";

export function bucketAccess(arn: string, read: BucketAccessRead, place: { readonly account: string; readonly now: Date }): BucketAccess {
  const { policy, grants, bucketBlock, accountBlock } = read;
  const blocked = blockParts.filter((part) => bucketBlock?.[part] === true || accountBlock?.[part] === true);
  const doors = policy === undefined ? undefined : doorsOf(arn, policy, bucketActions, operation, place);
  const unread = [
    ...(doors === undefined ? ["policy"] : []),
    ...(grants === undefined ? ["acl"] : []),
    ...(bucketBlock === undefined ? ["publicAccessBlock"] : []),
    // what is on at the bucket needs no word of the account
    ...(accountBlock === undefined && blocked.length < blockParts.length ? ["accountPublicAccessBlock"] : []),
  ];
  // a door of which we cannot tell whether it is closed is shown as a guess
  const guessed = unread.includes("publicAccessBlock") || unread.includes("accountPublicAccessBlock") ? { inferred: true } : {};
  // RestrictPublicBuckets leaves a bucket whose policy is public, by S3's own word where it is known, to its account and to services
  const isPublic = read.policyIsPublic ?? Object.keys(doors?.public ?? {}).length > 0;
  const open = blocked.includes("RestrictPublicBuckets") && isPublic ? undefined : doors;
  const lists = (grants ?? []).filter(({ grantee }) => grantee === "canonical-user" || !blocked.includes("IgnorePublicAcls"));
  const byList = lists.flatMap((grant) => ofGrant(arn, grant));
  const publicly = (does: "write" | "read" | "inspect") =>
    unique([...(open?.public[does] ?? []), ...byList.flatMap((one) => (one.everybody && one.does === does ? [one.text] : []))]);
  const { unread: _, ...details } = doorDetails(doors);
  return {
    relations: [...(open?.relations ?? []), ...byList.flatMap(({ relation }) => relation ?? [])].map((relation) => ({
      ...relation,
      ...guessed,
    })),
    publicWrite: publicly("write"),
    publicRead: publicly("read"),
    publicInspect: publicly("inspect"),
    details,
    blocked,
    unread,
  };
}

interface ListDoor {
  readonly does: "write" | "read" | "inspect";
  readonly everybody: boolean;
  readonly text: string;
  readonly relation?: Relation;
}

/** Grants to `AuthenticatedUsers` are for whoever has any AWS account; a canonical user is another account whose id is not told. */
function ofGrant(arn: string, { grantee, permission }: AclGrant): ListDoor[] {
  const everybody = grantee === "AllUsers" || grantee === "AuthenticatedUsers";
  if (!everybody && grantee !== "canonical-user") return [];
  return (permissions[permission] ?? []).map((does) => ({
    does,
    everybody,
    text: `ACL ${permission} for ${grantee}`,
    ...(does === "inspect"
      ? {}
      : {
          relation: {
            from: everybody ? outside.internet : outside.account("unnamed"),
            to: arn,
            kind: does === "write" ? "may-write" : "may-read",
            auth: grantee === "AllUsers" ? "none" : everybody ? "iam" : "cross-account",
            enabled: true,
            evidence: `s3:GetBucketAcl, ${permission} for ${grantee}`,
          },
        }),
  }));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}
