/**
 * Load balancers in front of functions: which listener and rule leads where, and who gets that far. An action
 * `authenticate-oidc` or `authenticate-cognito` before the forward is a login, unless it lets unauthenticated callers pass;
 * `jwt-validation` checks a token; a listener that verifies client certificates is mutual TLS; a rule on source addresses is a
 * network, unless they are everybody's. A network load balancer passes connections on to a listener of an application load
 * balancer as they come. Security groups are not weighed.
 * Source: Elastic Load Balancing, "Authenticate users", "Application Load Balancers as targets". Pure.
 */
import { type GraphRow, type HopAuth, outside, type Relation } from "../model/graph.ts";
import { addressGroups, isEverywhere, isWithin, rangeOf } from "../policies/addresses.ts";

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
  /** Ranges that callers must come from; none: any. */
  readonly sourceAddresses: readonly string[];
  /** What is asked over http stays so: it is passed on, or sent on to another address over http. */
  readonly keepsPlainText: boolean;
  readonly login: boolean;
  readonly checksToken: boolean;
  readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[];
}

export interface LoadBalancerTargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly targetType: string;
  /** Unqualified ARNs of functions, or ARNs of application load balancers with the port that is asked. */
  readonly targets: readonly { readonly arn: string; readonly port?: number }[];
}

/** Listeners by load balancer, where they were read. */
export type ListenersRead = ReadonlyMap<string, readonly Listener[]>;

export function describeTargetGroup(group: LoadBalancerTargetGroup, listeners: ListenersRead, region: string): GraphRow {
  const { arn, name, targetType } = group;
  return {
    resource: { arn, type: "AWS::ElasticLoadBalancingV2::TargetGroup", name, region, details: { targetType } },
    relations: leadsOf(group, listeners).map((to) => hop(arn, to, "service", "elasticloadbalancing:DescribeTargetHealth")),
  };
}

/** Functions, and the listeners of load balancers that are asked. */
function leadsOf(group: LoadBalancerTargetGroup, listeners: ListenersRead): string[] {
  return group.targets.map((target) => listenerOf(target, listeners)?.arn ?? target.arn);
}

function listenerOf({ arn, port }: LoadBalancerTargetGroup["targets"][number], listeners: ListenersRead): Listener | undefined {
  return listeners.get(arn)?.find((one) => one.port === port);
}

export function describeLoadBalancer(
  balancer: LoadBalancer,
  allListeners: ListenersRead,
  groups: ReadonlyMap<string, LoadBalancerTargetGroup>,
  region: string,
): GraphRow {
  const listeners = allListeners.get(balancer.arn);
  const { arn, name, scheme, dnsName, createdAt, kind, vpcId } = balancer;
  const isInternal = scheme === "internal";
  // an internal one is also asked by its listener: through a VPC link, by a network load balancer
  const starts = (listener: Listener) => (isInternal ? [arn, listener.arn] : [arn]);
  const targetsOf = (group: string) => {
    const found = groups.get(group);
    return found ? leadsOf(found, allListeners) : [];
  };
  const leads = [
    ...(listeners ?? []).flatMap((listener) => ofListener(starts, listener, targetsOf)),
    // what is asked of the listener of another balancer is passed on as it comes: its rules are this one's
    ...listenersBehind(listeners ?? [], groups, allListeners).flatMap((listener) => ofListener(() => [arn], listener, targetsOf)),
  ];
  return {
    resource: {
      arn,
      type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      name,
      region,
      ...(createdAt ? { createdAt } : {}),
      encryption: { atRest: "unknown", inTransit: inTransitOf(listeners) },
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

function listenersBehind(
  listeners: readonly Listener[],
  groups: ReadonlyMap<string, LoadBalancerTargetGroup>,
  all: ListenersRead,
): Listener[] {
  const forwarded = listeners.flatMap(({ rules }) => rules.flatMap(({ targetGroups }) => targetGroups)).filter(({ weight }) => weight > 0);
  return forwarded.flatMap(({ arn }) => (groups.get(arn)?.targets ?? []).flatMap((target) => listenerOf(target, all) ?? []));
}

/** Plain text is refused where every listener for http only answers by itself or sends on to https. What TCP carries cannot be told. */
function inTransitOf(listeners: readonly Listener[] | undefined): "enforced" | "not-enforced" | "unknown" {
  if (listeners === undefined) return "unknown";
  if (listeners.some(({ protocol, rules }) => protocol === "HTTP" && rules.some((rule) => rule.keepsPlainText))) return "not-enforced";
  return listeners.every(({ protocol }) => /^(HTTPS?|TLS)$/.test(protocol)) ? "enforced" : "unknown";
}

/** From `starts` to functions and other balancers. */
function ofListener(
  starts: (listener: Listener) => readonly string[],
  listener: Listener,
  targetsOf: (group: string) => readonly string[],
): Relation[] {
  return listener.rules.flatMap((rule) =>
    rule.targetGroups.flatMap(({ arn: group, weight }) =>
      targetsOf(group).flatMap((to) => {
        const which = rule.isDefault
          ? "default action"
          : `rule ${rule.priority}${rule.paths.length > 0 ? ` (${rule.paths.join(", ")})` : ""}`;
        const evidence = `elasticloadbalancing:DescribeRules, ${listener.protocol}:${listener.port} ${which}`;
        return starts(listener).map((from) => ({ ...hop(from, to, authOf(listener, rule), evidence), enabled: weight > 0 }));
      }),
    ),
  );
}

function authOf({ verifiesCertificates }: Listener, { sourceAddresses, login, checksToken }: ListenerRule): HopAuth {
  if (sourceAddresses.length > 0 && !areEverybodys(sourceAddresses)) return "network";
  if (login) return "login";
  if (checksToken) return "jwt";
  return verifiesCertificates ? "mutual-tls" : "none";
}

/** `0.0.0.0/0` is everywhere, and so are its halves and quarters. */
function areEverybodys(addresses: readonly string[]): boolean {
  const ranges = addresses.flatMap((text) => rangeOf(text) ?? []);
  const inside = addressGroups(ranges).filter(({ address }) => {
    const one = rangeOf(address);
    return one && ranges.some((range) => isWithin(one, range));
  });
  return isEverywhere(inside);
}

function hop(from: string, to: string, auth: HopAuth, evidence: string): Relation {
  return { from, to, kind: "routes-to", auth, enabled: true, evidence };
}
