/**
 * Load balancers in front of functions: which listener and rule leads where, and who gets that far. An action
 * `authenticate-oidc` or `authenticate-cognito` before the forward is a login, unless it lets unauthenticated callers pass;
 * `jwt-validation` checks a token; a listener that verifies client certificates is mutual TLS; a rule on source addresses is a
 * network. Security groups are not weighed. Source: Elastic Load Balancing, "Authenticate users". Pure.
 */
import { type GraphRow, type HopAuth, outside, type Relation } from "../../model/graph.ts";

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly scheme: string;
  readonly dnsName?: string;
  readonly createdAt?: string;
  readonly kind: string;
  readonly vpcId?: string;
}

export interface Listener {
  readonly arn: string;
  readonly protocol: string;
  readonly port: number;
  readonly verifiesCertificates: boolean;
  readonly rules: readonly ListenerRule[];
}

export interface ListenerRule {
  readonly arn: string;
  readonly isDefault: boolean;
  readonly priority: string;
  readonly paths: readonly string[];
  readonly hasSourceAddresses: boolean;
  readonly login: boolean;
  readonly checksToken: boolean;
  readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[];
}

export interface FunctionTargetGroup {
  readonly arn: string;
  readonly name: string;
  /** Unqualified ARNs. */
  readonly functions: readonly string[];
}

export function describeTargetGroup({ arn, name, functions }: FunctionTargetGroup, region: string): GraphRow {
  return {
    resource: { arn, type: "AWS::ElasticLoadBalancingV2::TargetGroup", name, region, details: { targetType: "lambda" } },
    relations: functions.map((to) => hop(arn, to, "service", "elasticloadbalancing:DescribeTargetHealth")),
  };
}

/** @param listeners undefined where they could not be read */
export function describeLoadBalancer(
  balancer: LoadBalancer,
  listeners: readonly Listener[] | undefined,
  groups: ReadonlyMap<string, FunctionTargetGroup>,
  region: string,
): GraphRow {
  const { arn, name, scheme, dnsName, createdAt, kind, vpcId } = balancer;
  const isInternal = scheme === "internal";
  const leads = (listeners ?? []).flatMap((listener) => ofListener(balancer, listener, groups));
  const plain = (listeners ?? []).some(({ protocol }) => protocol === "HTTP" || protocol === "TCP");
  return {
    resource: {
      arn,
      type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      name,
      region,
      ...(createdAt ? { createdAt } : {}),
      encryption: { atRest: "unknown", inTransit: listeners === undefined ? "unknown" : plain ? "not-enforced" : "enforced" },
      details: {
        scheme,
        kind,
        dnsName: dnsName ?? null,
        vpcId: vpcId ?? null,
        listeners: (listeners ?? []).map(({ protocol, port }) => `${protocol}:${port}`),
        ...(listeners === undefined ? { unread: ["listeners"] } : {}),
      },
    },
    relations: [
      hop(outside.internet, arn, isInternal ? "network" : "none", `elasticloadbalancing:DescribeLoadBalancers, scheme ${scheme}`),
      // the address by which others, CloudFront for one, name it
      ...(dnsName ? [hop(`https://${dnsName.toLowerCase()}/`, arn, "service", "elasticloadbalancing:DescribeLoadBalancers, DNSName")] : []),
      ...leads,
    ],
  };
}

/** From the balancer to functions; an internal one is also asked by its listener, through a VPC link. */
function ofListener({ arn, scheme }: LoadBalancer, listener: Listener, groups: ReadonlyMap<string, FunctionTargetGroup>): Relation[] {
  const starts = scheme === "internal" ? [arn, listener.arn] : [arn];
  return listener.rules.flatMap((rule) =>
    rule.targetGroups.flatMap(({ arn: group, weight }) =>
      (groups.get(group)?.functions ?? []).flatMap((to) => {
        const which = rule.isDefault
          ? "default action"
          : `rule ${rule.priority}${rule.paths.length > 0 ? ` (${rule.paths.join(", ")})` : ""}`;
        const evidence = `elasticloadbalancing:DescribeRules, ${listener.protocol}:${listener.port} ${which}`;
        return starts.map((from) => ({ ...hop(from, to, authOf(listener, rule), evidence), enabled: weight > 0 }));
      }),
    ),
  );
}

function authOf({ verifiesCertificates }: Listener, { hasSourceAddresses, login, checksToken }: ListenerRule): HopAuth {
  if (hasSourceAddresses) return "network";
  if (login) return "login";
  if (checksToken) return "jwt";
  return verifiesCertificates ? "mutual-tls" : "none";
}

function hop(from: string, to: string, auth: HopAuth, evidence: string): Relation {
  return { from, to, kind: "routes-to", auth, enabled: true, evidence };
}
