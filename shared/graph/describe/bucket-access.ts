/**
 * Who reaches a bucket from outside: by policy or by access control list, unless the public access block of the bucket or
 * of the account forbids it. The two halves that forbid new public settings (BlockPublicAcls, BlockPublicPolicy) do not
 * close what is already public; IgnorePublicAcls and RestrictPublicBuckets do.
 * Source: S3 user guide, "Blocking public access to your Amazon S3 storage". Pure.
 */
import { outside, type Relation } from "../../model/graph.ts";
import { doorsOf } from "./doors.ts";

export interface PublicAccessBlock {
  readonly BlockPublicAcls?: boolean;
  readonly IgnorePublicAcls?: boolean;
  readonly BlockPublicPolicy?: boolean;
  readonly RestrictPublicBuckets?: boolean;
}

/** One grant of an access control list. A grantee may have several. */
export interface AclGrant {
  /** `AllUsers`, `AuthenticatedUsers`, `LogDelivery`, or `other`. */
  readonly grantee: string;
  readonly permission: string;
}

/** What is known of a bucket's access; a member that is undefined could not be read. */
export interface BucketAccessRead {
  readonly policy: string | undefined;
  readonly grants: readonly AclGrant[] | undefined;
  readonly bucketBlock: PublicAccessBlock | undefined;
  readonly accountBlock: PublicAccessBlock | undefined;
}

export interface BucketAccess {
  readonly relations: readonly Relation[];
  /** What lets everybody write and read: statements of the policy and grants of the access control list. */
  readonly publicWrite: readonly string[];
  readonly publicRead: readonly string[];
  /** Those of the four parts of the public access block that are on, at the bucket or the account. */
  readonly blocked: readonly string[];
  readonly unread: readonly string[];
}

export const blockParts = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;

const writePermissions = new Set(["WRITE", "WRITE_ACP", "FULL_CONTROL"]);
const readPermissions = new Set(["READ", "FULL_CONTROL"]);
const writeActions = ["s3:PutObject", "s3:DeleteObject", "s3:PutObjectAcl", "s3:PutBucketPolicy", "s3:PutBucketAcl"];
const readActions = ["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"];
const ways = [
  ...writeActions.map((action) => ({ action, kind: "may-write" as const })),
  ...readActions.map((action) => ({ action, kind: "may-read" as const })),
];

export function bucketAccess(arn: string, read: BucketAccessRead, place: { readonly account: string; readonly now: Date }): BucketAccess {
  const { policy, grants, bucketBlock, accountBlock } = read;
  const blocked = blockParts.filter((part) => bucketBlock?.[part] === true || accountBlock?.[part] === true);
  const doors = doorsOfPolicy(arn, policy, place);
  const unread = [
    ...(doors === undefined ? ["policy"] : []),
    ...(grants === undefined ? ["acl"] : []),
    ...(bucketBlock === undefined ? ["publicAccessBlock"] : []),
    // what is on at the bucket needs no word of the account
    ...(accountBlock === undefined && blocked.length < blockParts.length ? ["accountPublicAccessBlock"] : []),
  ];
  // a door of which we cannot tell whether it is closed is shown as a guess
  const guessed = unread.includes("publicAccessBlock") || unread.includes("accountPublicAccessBlock") ? { inferred: true } : {};
  const byPolicy = throughBlock(doors, blocked.includes("RestrictPublicBuckets"));
  const byAcl = blocked.includes("IgnorePublicAcls") ? [] : (grants ?? []).flatMap((grant) => ofGrant(arn, grant));
  const named = (actions: readonly string[]) => actions.flatMap((action) => byPolicy.public[action] ?? []);
  return {
    relations: [...byPolicy.relations, ...byAcl.map(({ relation }) => relation)].map((relation) => ({ ...relation, ...guessed })),
    publicWrite: unique([...named(writeActions), ...byAcl.flatMap(({ relation, text }) => (relation.kind === "may-write" ? [text] : []))]),
    publicRead: unique([...named(readActions), ...byAcl.flatMap(({ relation, text }) => (relation.kind === "may-read" ? [text] : []))]),
    blocked,
    unread,
  };
}

function doorsOfPolicy(arn: string, policy: string | undefined, place: { readonly account: string; readonly now: Date }) {
  if (policy === undefined) return undefined;
  try {
    return doorsOf(arn, policy, ways, "s3:GetBucketPolicy", place);
  } catch {
    // a policy that is no JSON says nothing
    return undefined;
  }
}

/** RestrictPublicBuckets leaves a bucket with a public policy to its own account and to services: other accounts are out too. */
function throughBlock(doors: ReturnType<typeof doorsOfPolicy>, restricted: boolean): NonNullable<ReturnType<typeof doorsOfPolicy>> {
  if (!doors) return { relations: [], public: {} };
  return restricted && Object.keys(doors.public).length > 0 ? { relations: [], public: {} } : doors;
}

/** Grants to `AuthenticatedUsers` are for whoever has any AWS account. Grants to other owners name no account id: they are no door here. */
function ofGrant(arn: string, { grantee, permission }: AclGrant): { readonly relation: Relation; readonly text: string }[] {
  if (grantee !== "AllUsers" && grantee !== "AuthenticatedUsers") return [];
  const text = `ACL ${permission} for ${grantee}`;
  const relation = (kind: "may-read" | "may-write"): Relation => ({
    from: outside.internet,
    to: arn,
    kind,
    auth: grantee === "AllUsers" ? "none" : "iam",
    enabled: true,
    evidence: `s3:GetBucketAcl, ${permission} for ${grantee}`,
  });
  return [
    ...(writePermissions.has(permission) ? [{ relation: relation("may-write"), text }] : []),
    ...(readPermissions.has(permission) ? [{ relation: relation("may-read"), text }] : []),
  ];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}
