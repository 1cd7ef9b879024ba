/** CloudFront distributions: everything about them stands in one list. */
import {
  type CacheBehavior,
  type DefaultCacheBehavior,
  type DistributionSummary,
  ListDistributionsCommand,
  ListOriginAccessControlsCommand,
  ListVpcOriginsCommand,
  type Origin as SdkOrigin,
} from "@aws-sdk/client-cloudfront";
import { pages } from "../../aws/paginate.ts";
import type { Behavior, Distribution, Origin } from "../../describe/distribution.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const cloudfrontCollector: ServiceCollector<"cloudfront"> = {
  name: "cloudfront",
  scope: "account",
  readerVersion: 1,
  actions: ["cloudfront:ListDistributions", "cloudfront:ListOriginAccessControls", "cloudfront:ListVpcOrigins"],
  reads: "CloudFront distributions with their origins, signatures and functions",
  collect(context) {
    return collectPart<Distribution>("cloudfront", context.region, async (sink) => {
      const listed = await listDistributions(context);
      const origins = listed.flatMap(({ Origins }) => Origins?.Items ?? []);
      const known: Known = { neverSigns: new Set(), vpcTargets: new Map() };
      if (origins.some(({ OriginAccessControlId }) => OriginAccessControlId)) {
        await findUnsigned(context, known).catch(sink.miss);
      }
      if (origins.some(({ VpcOriginConfig }) => VpcOriginConfig)) await findVpcTargets(context, known).catch(sink.miss);
      for (const one of listed) if (one.ARN) sink.push(toDistribution(one, known));
    });
  },
};

interface Known {
  /** Origin access controls that are told never to sign. */
  readonly neverSigns: Set<string>;
  /** ARNs of load balancers by the id of the VPC origin. */
  readonly vpcTargets: Map<string, string>;
}

async function listDistributions({ clients, region }: CollectContext): Promise<DistributionSummary[]> {
  const distributions: DistributionSummary[] = [];
  const list = pages(
    (Marker) => clients.cloudfront(region).send(new ListDistributionsCommand(Marker ? { Marker } : {})),
    (page) => (page.DistributionList?.IsTruncated ? page.DistributionList.NextMarker : undefined),
  );
  for await (const page of list) distributions.push(...(page.DistributionList?.Items ?? []));
  return distributions;
}

async function findUnsigned({ clients, region }: CollectContext, { neverSigns }: Known): Promise<void> {
  const list = pages(
    (Marker) => clients.cloudfront(region).send(new ListOriginAccessControlsCommand(Marker ? { Marker } : {})),
    (page) => (page.OriginAccessControlList?.IsTruncated ? page.OriginAccessControlList.NextMarker : undefined),
  );
  for await (const page of list) {
    for (const { Id, SigningBehavior } of page.OriginAccessControlList?.Items ?? []) {
      if (Id && SigningBehavior === "never") neverSigns.add(Id);
    }
  }
}

async function findVpcTargets({ clients, region }: CollectContext, { vpcTargets }: Known): Promise<void> {
  const list = pages(
    (Marker) => clients.cloudfront(region).send(new ListVpcOriginsCommand(Marker ? { Marker } : {})),
    (page) => (page.VpcOriginList?.IsTruncated ? page.VpcOriginList.NextMarker : undefined),
  );
  for await (const page of list) {
    for (const { Id, OriginEndpointArn } of page.VpcOriginList?.Items ?? []) {
      if (Id && OriginEndpointArn) vpcTargets.set(Id, OriginEndpointArn);
    }
  }
}

function toDistribution(summary: DistributionSummary, known: Known): Distribution {
  const { ARN = "", Id = "", Enabled, DomainName = "", Aliases, WebACLId, Origins, OriginGroups } = summary;
  const behaviors = [
    ...(summary.DefaultCacheBehavior ? [toBehavior(summary.DefaultCacheBehavior, "default")] : []),
    ...(summary.CacheBehaviors?.Items ?? []).map((one) => toBehavior(one, one.PathPattern ?? "")),
  ];
  const policies = [summary.DefaultCacheBehavior, ...(summary.CacheBehaviors?.Items ?? [])];
  return {
    arn: ARN,
    id: Id,
    enabled: Enabled !== false,
    host: DomainName,
    aliases: (Aliases?.Items ?? []).map((alias) => cleanText(alias, 253)),
    hasFirewall: Boolean(WebACLId),
    refusesPlainText: policies.every((one) => one?.ViewerProtocolPolicy !== "allow-all"),
    origins: (Origins?.Items ?? []).map((origin) => toOrigin(origin, known)),
    groups: Object.fromEntries(
      (OriginGroups?.Items ?? []).map((group) => [group.Id ?? "", (group.Members?.Items ?? []).map(({ OriginId = "" }) => OriginId)]),
    ),
    behaviors,
  };
}

function toOrigin(origin: SdkOrigin, { neverSigns, vpcTargets }: Known): Origin {
  const { Id = "", DomainName = "", OriginAccessControlId: control, S3OriginConfig, VpcOriginConfig } = origin;
  const vpcTarget = vpcTargets.get(VpcOriginConfig?.VpcOriginId ?? "");
  return {
    id: cleanText(Id, 128),
    host: DomainName,
    signs: Boolean(control && !neverSigns.has(control)) || Boolean(S3OriginConfig?.OriginAccessIdentity),
    ...(vpcTarget ? { vpcTarget } : {}),
  };
}

function toBehavior(behavior: DefaultCacheBehavior | CacheBehavior, path: string): Behavior {
  const { TargetOriginId = "", TrustedSigners, TrustedKeyGroups, AllowedMethods } = behavior;
  return {
    path: cleanText(path, 255),
    originId: cleanText(TargetOriginId, 128),
    asksSignature: TrustedSigners?.Enabled === true || TrustedKeyGroups?.Enabled === true,
    methods: AllowedMethods?.Items ?? ["GET", "HEAD"],
    associations: [
      ...(behavior.LambdaFunctionAssociations?.Items ?? []).flatMap(({ EventType = "", LambdaFunctionARN: arn }) =>
        arn ? [{ event: EventType, arn, atEdge: true }] : [],
      ),
      ...(behavior.FunctionAssociations?.Items ?? []).flatMap(({ EventType = "", FunctionARN: arn }) =>
        arn ? [{ event: EventType, arn, atEdge: false }] : [],
      ),
    ],
  };
}
