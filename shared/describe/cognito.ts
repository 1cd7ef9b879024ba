/** User pools and identity pools of Cognito. A pool's triggers run when people sign up or in: that is no way to have them run at will. Pure. */

import { functionArnOf } from "../model/arn.ts";
import { type GraphRow, outside, type Relation } from "../model/graph.ts";

export interface UserPool {
  readonly arn: string;
  readonly name: string;
  readonly createdAt?: string;
}

export interface UserPoolRead {
  /** Function ARN by the name of the trigger, e.g. `PreSignUp`. */
  readonly triggers: Readonly<Record<string, string>>;
  readonly openSignUp: boolean;
  readonly mfa: string;
  readonly hasDomain: boolean;
  readonly deletionProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * @param read undefined where the pool could not be described
 * @param clientIds undefined where its clients could not be listed
 */
export function describeUserPool(
  pool: UserPool,
  read: UserPoolRead | undefined,
  clientIds: readonly string[] | undefined,
  region: string,
): GraphRow {
  const { arn, name, createdAt } = pool;
  const relations = Object.entries(read?.triggers ?? {}).flatMap(([trigger, target]): Relation[] => {
    const to = functionArnOf(target);
    const evidence = `cognito-idp:DescribeUserPool, trigger ${trigger}`;
    return to ? [{ from: arn, to, kind: "invokes", auth: "service", enabled: true, evidence }] : [];
  });
  const known = read && {
    openSignUp: read.openSignUp,
    mfa: read.mfa,
    hasDomain: read.hasDomain,
    deletionProtection: read.deletionProtection,
  };
  return {
    resource: {
      arn,
      type: "AWS::Cognito::UserPool",
      name,
      region,
      ...(createdAt ? { createdAt } : {}),
      ...(read ? { tags: read.tags } : {}),
      encryption: { atRest: "aws-owned", inTransit: "enforced" },
      details: { ...(known ?? { unread: ["settings"] }), ...(clientIds ? { clientIds } : {}) },
    },
    relations,
  };
}

export interface IdentityPoolSettings {
  readonly unauthenticated: boolean;
  readonly classicFlow: boolean;
  /** User pools that vouch for people, as `cognito-idp.REGION.amazonaws.com/POOL`. */
  readonly userPools: readonly string[];
}

export interface IdentityPoolRoles {
  readonly authenticated?: string;
  readonly unauthenticated?: string;
}

interface IdentityPoolRead {
  /** Undefined where they could not be read. */
  readonly settings: IdentityPoolSettings | undefined;
  readonly roles: IdentityPoolRoles | undefined;
}

interface Place {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

/** An identity pool hands out credentials of roles; where unauthenticated identities are allowed, to anybody. */
export function describeIdentityPool(id: string, name: string, { settings, roles }: IdentityPoolRead, place: Place): GraphRow {
  const { account, partition, region } = place;
  const arn = `arn:${partition}:cognito-identity:${region}:${account}:identitypool/${id}`;
  const pools = (settings?.userPools ?? []).flatMap((provider): Relation[] => {
    const [, poolRegion, pool] = /^cognito-idp\.([a-z0-9-]+)\.[a-z.]+\/(.+)$/.exec(provider) ?? [];
    if (!pool) return [];
    const from = `arn:${partition}:cognito-idp:${poolRegion}:${account}:userpool/${pool}`;
    const evidence = "cognito-identity:DescribeIdentityPool, provider";
    return [{ from, to: arn, kind: "authorizes", auth: "cognito", enabled: true, evidence }];
  });
  const unread = [...(settings ? [] : ["settings"]), ...(roles ? [] : ["roles"])];
  return {
    resource: {
      arn,
      type: "AWS::Cognito::IdentityPool",
      name,
      region,
      details: {
        ...(settings ? { unauthenticatedAccess: settings.unauthenticated, classicFlow: settings.classicFlow } : {}),
        ...(unread.length > 0 ? { unread } : {}),
      },
    },
    relations: [
      ...letsIn(arn, settings, roles),
      ...handsOut(arn, roles?.authenticated, "authenticated", true),
      ...handsOut(arn, roles?.unauthenticated, "unauthenticated", settings?.unauthenticated === true),
      ...pools,
    ],
  };
}

/** Whoever knows the pool's id gets credentials of it: guests without a question, people once a provider knows them. */
function letsIn(to: string, settings: IdentityPoolSettings | undefined, roles: IdentityPoolRoles | undefined): Relation[] {
  const ways = [
    ...(settings?.unauthenticated && roles?.unauthenticated ? (["none"] as const) : []),
    ...(roles?.authenticated ? (["cognito"] as const) : []),
  ];
  const evidence = "cognito-identity:DescribeIdentityPool";
  return ways.map((auth) => ({ from: outside.internet, to, kind: "routes-to", auth, enabled: true, evidence }));
}

function handsOut(from: string, to: string | undefined, people: "authenticated" | "unauthenticated", enabled: boolean): Relation[] {
  if (!to) return [];
  const auth = people === "authenticated" ? "cognito" : "none";
  return [{ from, to, kind: "assumes", auth, enabled, evidence: `cognito-identity:GetIdentityPoolRoles, ${people}` }];
}
