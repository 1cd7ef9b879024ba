/**
 * CloudFront: what a distribution leads to, and as whom. Signed URLs and cookies are asked where a behaviour has trusted
 * signers or key groups. With origin access control CloudFront signs for its callers: whoever gets through it gets through a
 * function URL with AWS_IAM too. What it does not sign, an origin that asks for signatures refuses, and one that does not
 * is open by a door of its own: such a hop counts as asking for IAM.
 * Source: CloudFront developer guide, "Restrict access with origin access control", "Serve private content". Pure.
 */

import { functionArnOf } from "../model/arn.ts";
import { type GraphRow, type HopAuth, outside, type Relation } from "../model/graph.ts";

export interface Behavior {
  readonly path: string;
  readonly originId: string;
  readonly asksSignature: boolean;
  readonly methods: readonly string[];
  /** ARNs of Lambda@Edge versions and CloudFront functions, by event (`viewer-request`). */
  readonly associations: readonly { readonly event: string; readonly arn: string; readonly atEdge: boolean }[];
}

export interface Origin {
  readonly id: string;
  readonly host: string;
  /** Signed by CloudFront: origin access control, or origin access identity. */
  readonly signs: boolean;
  /** ARN of the load balancer or instance inside a VPC. */
  readonly vpcTarget?: string;
}

export interface Distribution {
  readonly arn: string;
  readonly id: string;
  readonly enabled: boolean;
  readonly host: string;
  readonly aliases: readonly string[];
  readonly hasFirewall: boolean;
  readonly refusesPlainText: boolean;
  readonly origins: readonly Origin[];
  /** Members of origin groups by the group's id. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly behaviors: readonly Behavior[];
}

export function describeDistribution(distribution: Distribution, partition: string): GraphRow[] {
  const { arn, id, enabled, host, aliases, hasFirewall, refusesPlainText, origins, behaviors } = distribution;
  const door: Relation = {
    from: outside.internet,
    to: arn,
    kind: "routes-to",
    auth: "none",
    enabled,
    evidence: "cloudfront:ListDistributions",
  };
  const leads = behaviors.flatMap((behavior) => [
    ...originsOf(distribution, behavior).flatMap((origin) => toOrigin(distribution, behavior, origin, partition)),
    ...behavior.associations.map((one) => toFunction(distribution, behavior, one)),
  ]);
  const edge = behaviors.flatMap(({ associations }) => associations.filter(({ atEdge }) => !atEdge).map((one) => one.arn));
  return [
    {
      resource: {
        arn,
        type: "AWS::CloudFront::Distribution",
        name: aliases[0] ?? host ?? id,
        region: "global",
        encryption: { atRest: "aws-owned", inTransit: refusesPlainText ? "enforced" : "not-enforced" },
        details: { id, enabled, host, aliases, firewall: hasFirewall, origins: origins.map((origin) => origin.host) },
      },
      relations: [door, ...new Map(leads.map((one) => [`${one.to} ${one.kind} ${one.auth}`, one])).values()],
    },
    ...[...new Set(edge)].map((one): GraphRow => {
      const resource = { arn: one, type: "AWS::CloudFront::Function", name: one.split("/").at(-1) ?? one, region: "global" };
      return { resource, relations: [] };
    }),
  ];
}

function originsOf({ origins, groups }: Distribution, { originId }: Behavior): Origin[] {
  const ids = groups[originId] ?? [originId];
  return origins.filter(({ id }) => ids.includes(id));
}

function toOrigin(distribution: Distribution, behavior: Behavior, origin: Origin, partition: string): Relation[] {
  const bucket = bucketOf(origin.host);
  const to = origin.vpcTarget ?? (bucket ? `arn:${partition}:s3:::${bucket}` : `https://${origin.host.toLowerCase()}/`);
  const signature = origin.signs ? "origin signed by CloudFront" : "origin";
  const evidence = `cloudfront:ListDistributions, behavior ${behavior.path}, ${signature} ${origin.id}`;
  const asksForIam = bucket !== undefined || /\.lambda-url\./.test(origin.host);
  const auth: HopAuth = behavior.asksSignature ? "signed-url" : !origin.signs && asksForIam ? "iam" : "service";
  // reading a bucket's objects sets nothing off behind it
  const writes = behavior.methods.some((method) => method === "PUT" || method === "POST" || method === "DELETE");
  const kind = bucket && !writes ? "may-read" : "routes-to";
  return [{ from: distribution.arn, to, kind, auth, enabled: distribution.enabled, evidence }];
}

function toFunction(distribution: Distribution, behavior: Behavior, { event, arn, atEdge }: Behavior["associations"][number]): Relation {
  return {
    from: distribution.arn,
    to: atEdge ? (functionArnOf(arn) ?? arn) : arn,
    kind: "invokes",
    auth: behavior.asksSignature ? "signed-url" : "service",
    enabled: distribution.enabled,
    evidence: `cloudfront:ListDistributions, behavior ${behavior.path}, ${event}`,
  };
}

/** Of `NAME.s3.amazonaws.com`, `NAME.s3.eu-west-1.amazonaws.com` and website endpoints. */
function bucketOf(host: string): string | undefined {
  return /^(.+?)\.s3(?:-website)?(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1];
}
