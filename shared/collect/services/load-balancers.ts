/** Load balancers that lead to functions. Where no target group holds a function, one list call is all. */
import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type Rule,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { pages } from "../../aws/paginate.ts";
import {
  describeLoadBalancer,
  describeTargetGroup,
  type FunctionTargetGroup,
  type Listener,
  type ListenerRule,
  type LoadBalancer,
} from "../../graph/describe/load-balancer.ts";
import type { GraphRow } from "../../model/graph.ts";
import { cleanText } from "../../model/plain-text.ts";
import { functionArnOf } from "../../model/resource.ts";
import { type CollectContext, collectPart } from "../collector.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const loadBalancersCollector: ServiceCollector = {
  name: "load-balancers",
  scope: "region",
  actions: [
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
  ],
  reads: "load balancers that lead to functions: scheme, listeners, rules, logins",
  collect(context) {
    return collectPart<GraphRow>("load-balancers", context.region, async (sink) => {
      const listed = await listTargetGroups(context);
      if (listed.length === 0) return;
      const asked = listed.flatMap(({ TargetGroupArn }) => (TargetGroupArn ? [{ key: TargetGroupArn, fingerprint: "" }] : []));
      const targets = await context.rotation.read("load-balancers/targets", asked, (arn) => readTargets(context, arn), sink.miss);
      const groups = new Map<string, FunctionTargetGroup>();
      for (const { TargetGroupArn: arn = "", TargetGroupName = arn } of listed) {
        groups.set(arn, { arn, name: cleanText(TargetGroupName, 64), functions: targets.get(arn)?.value ?? [] });
      }
      for (const group of groups.values()) sink.push(describeTargetGroup(group, context.region));
      const inFront = new Set(listed.flatMap(({ LoadBalancerArns }) => LoadBalancerArns ?? []));
      if (inFront.size === 0) return;
      const balancers = (await listLoadBalancers(context)).filter(({ arn }) => inFront.has(arn));
      const ofBalancer = balancers.map(({ arn }) => ({ key: arn, fingerprint: "" }));
      const read = await context.rotation.read("load-balancers/listeners", ofBalancer, (arn) => readListeners(context, arn), sink.miss);
      for (const one of balancers) sink.push(describeLoadBalancer(one, read.get(one.arn)?.value, groups, context.region));
    });
  },
};

/** Those that hold functions. */
async function listTargetGroups({ clients, region }: CollectContext): Promise<TargetGroup[]> {
  const groups: TargetGroup[] = [];
  const list = pages(
    (Marker) => clients.elb(region).send(new DescribeTargetGroupsCommand({ PageSize: 400, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) groups.push(...(page.TargetGroups ?? []).filter(({ TargetType }) => TargetType === "lambda"));
  return groups;
}

async function readTargets({ clients, region }: CollectContext, TargetGroupArn: string): Promise<string[]> {
  const answer = await clients.elb(region).send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return [...new Set((answer.TargetHealthDescriptions ?? []).flatMap(({ Target }) => functionArnOf(Target?.Id ?? "") ?? []))];
}

async function listLoadBalancers({ clients, region }: CollectContext): Promise<LoadBalancer[]> {
  const balancers: LoadBalancer[] = [];
  const list = pages(
    (Marker) => clients.elb(region).send(new DescribeLoadBalancersCommand({ PageSize: 400, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) {
    for (const { LoadBalancerArn: arn, LoadBalancerName, Scheme, DNSName, CreatedTime, Type, VpcId } of page.LoadBalancers ?? []) {
      if (!arn) continue;
      balancers.push({
        arn,
        name: cleanText(LoadBalancerName ?? arn, 64),
        scheme: Scheme ?? "internet-facing",
        kind: Type ?? "application",
        ...(DNSName ? { dnsName: DNSName } : {}),
        ...(CreatedTime ? { createdAt: CreatedTime.toISOString() } : {}),
        ...(VpcId ? { vpcId: VpcId } : {}),
      });
    }
  }
  return balancers;
}

async function readListeners(context: CollectContext, LoadBalancerArn: string): Promise<Listener[]> {
  const elb = context.clients.elb(context.region);
  const listeners: Listener[] = [];
  const list = pages(
    (Marker) => elb.send(new DescribeListenersCommand({ LoadBalancerArn, PageSize: 400, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) {
    for (const { ListenerArn, Protocol, Port, MutualAuthentication } of page.Listeners ?? []) {
      if (!ListenerArn) continue;
      listeners.push({
        arn: ListenerArn,
        protocol: Protocol ?? "",
        port: Port ?? 0,
        verifiesCertificates: MutualAuthentication?.Mode === "verify",
        rules: await readRules(context, ListenerArn),
      });
    }
  }
  return listeners;
}

/** The default action is one of them. */
async function readRules({ clients, region }: CollectContext, ListenerArn: string): Promise<ListenerRule[]> {
  const rules: ListenerRule[] = [];
  const list = pages(
    (Marker) => clients.elb(region).send(new DescribeRulesCommand({ ListenerArn, PageSize: 400, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) rules.push(...(page.Rules ?? []).map(toRule));
  return rules;
}

function toRule({ RuleArn, IsDefault, Priority, Conditions = [], Actions = [] }: Rule): ListenerRule {
  return {
    arn: RuleArn ?? "",
    isDefault: IsDefault ?? false,
    priority: Priority ?? "default",
    paths: Conditions.filter(({ Field }) => Field === "path-pattern")
      .flatMap(({ PathPatternConfig, Values }) => PathPatternConfig?.Values ?? Values ?? [])
      .map((path) => cleanText(path, 128)),
    hasSourceAddresses: Conditions.some(({ Field }) => Field === "source-ip"),
    login: Actions.some(isLogin),
    checksToken: Actions.some(({ Type }) => String(Type) === "jwt-validation"),
    targetGroups: Actions.filter(({ Type }) => Type === "forward").flatMap(targetGroupsOf),
  };
}

/** `allow` lets those through who have not logged in. */
function isLogin({ Type, AuthenticateOidcConfig, AuthenticateCognitoConfig }: Action): boolean {
  if (Type === "authenticate-oidc") return AuthenticateOidcConfig?.OnUnauthenticatedRequest !== "allow";
  return Type === "authenticate-cognito" && AuthenticateCognitoConfig?.OnUnauthenticatedRequest !== "allow";
}

function targetGroupsOf({ ForwardConfig, TargetGroupArn }: Action): ListenerRule["targetGroups"] {
  const groups = ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0) return TargetGroupArn ? [{ arn: TargetGroupArn, weight: 1 }] : [];
  return groups.flatMap(({ TargetGroupArn: arn, Weight }) => (arn ? [{ arn, weight: Weight ?? 1 }] : []));
}
