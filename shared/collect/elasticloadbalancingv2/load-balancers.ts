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
import type { Listener, ListenerRule, LoadBalancer, LoadBalancerTargetGroup } from "../../describe/load-balancer.ts";
import type { LoadBalancersAnswer } from "../../describe/services/load-balancers.ts";
import { functionArnOf } from "../../model/arn.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const loadBalancersCollector: ServiceCollector<"load-balancers"> = {
  name: "load-balancers",
  scope: "region",
  readerVersion: 2,
  actions: [
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
  ],
  reads: "load balancers that lead to functions, and network load balancers before them: scheme, listeners, rules, logins",
  collect(context) {
    return collectPart<LoadBalancersAnswer>("load-balancers", context.region, async (sink) => {
      const listed = await listTargetGroups(context);
      const ofFunctions = listed.filter(({ TargetType }) => TargetType === "lambda");
      if (ofFunctions.length === 0) return;
      const targets = await readAllTargets(context, listed, sink.miss);
      const inFront = new Set(ofFunctions.flatMap(({ LoadBalancerArns }) => LoadBalancerArns ?? []));
      // those of application load balancers matter where such a balancer leads to a function
      const before = listed.filter(
        ({ TargetType, TargetGroupArn = "" }) =>
          TargetType === "alb" && targets.get(TargetGroupArn)?.value.some(({ arn }) => inFront.has(arn)),
      );
      for (const { LoadBalancerArns } of before) for (const arn of LoadBalancerArns ?? []) inFront.add(arn);
      const groups = new Map<string, LoadBalancerTargetGroup>();
      for (const { TargetGroupArn: arn = "", TargetGroupName = arn, TargetType = "" } of [...ofFunctions, ...before]) {
        groups.set(arn, { arn, name: cleanText(TargetGroupName, 64), targetType: TargetType, targets: targets.get(arn)?.value ?? [] });
      }
      const balancers = inFront.size === 0 ? [] : (await listLoadBalancers(context)).filter(({ arn }) => inFront.has(arn));
      const ofBalancer = balancers.map(({ arn }) => ({ key: arn, fingerprint: "" }));
      const kinds = new Map(balancers.map(({ arn, kind }) => [arn, kind]));
      const read = await context.rotation.read(
        "load-balancers/listener-rules",
        ofBalancer,
        (arn) => readListeners(context, arn, kinds.get(arn) === "application"),
        sink.miss,
      );
      const listeners = Object.fromEntries([...read].map(([arn, { value }]) => [arn, value]));
      sink.push({ groups: [...groups.values()], balancers, listeners });
    });
  },
};

/** Those that hold functions, or the application load balancers that may lead to them. */
async function listTargetGroups({ clients, region }: CollectContext): Promise<TargetGroup[]> {
  const groups: TargetGroup[] = [];
  const list = pages(
    (Marker) => clients.elb(region).send(new DescribeTargetGroupsCommand({ PageSize: 400, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) {
    groups.push(...(page.TargetGroups ?? []).filter(({ TargetType }) => TargetType === "lambda" || TargetType === "alb"));
  }
  return groups;
}

type Targets = LoadBalancerTargetGroup["targets"];

function readAllTargets(context: CollectContext, listed: readonly TargetGroup[], missed: (error: unknown) => void) {
  const asked = listed.flatMap(({ TargetGroupArn }) => (TargetGroupArn ? [{ key: TargetGroupArn, fingerprint: "" }] : []));
  return context.rotation.read("load-balancers/target-ports", asked, (arn) => readTargets(context, arn), missed);
}

async function readTargets({ clients, region }: CollectContext, TargetGroupArn: string): Promise<Targets> {
  const answer = await clients.elb(region).send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  const targets = (answer.TargetHealthDescriptions ?? []).flatMap(({ Target: { Id = "", Port } = {} }): Targets => {
    const called = functionArnOf(Id);
    if (called) return [{ arn: called }];
    return Id.includes(":loadbalancer/app/") ? [{ arn: Id, ...(Port ? { port: Port } : {}) }] : [];
  });
  return [...new Map(targets.map((one) => [`${one.arn} ${one.port}`, one])).values()];
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

async function readListeners(context: CollectContext, LoadBalancerArn: string, hasRules: boolean): Promise<Listener[]> {
  const elb = context.clients.elb(context.region);
  const listeners: Listener[] = [];
  const list = pages(
    (Marker) => elb.send(new DescribeListenersCommand({ LoadBalancerArn, PageSize: 400, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) {
    for (const { ListenerArn, Protocol, Port, MutualAuthentication, DefaultActions } of page.Listeners ?? []) {
      if (!ListenerArn) continue;
      listeners.push({
        arn: ListenerArn,
        protocol: Protocol ?? "",
        port: Port ?? 0,
        verifiesCertificates: MutualAuthentication?.Mode === "verify",
        // those of a network load balancer have nothing but their default
        rules: hasRules ? await readRules(context, ListenerArn) : [toRule({ IsDefault: true, Actions: DefaultActions })],
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
    sourceAddresses: Conditions.filter(({ Field }) => Field === "source-ip").flatMap(
      ({ SourceIpConfig, Values }) => SourceIpConfig?.Values ?? Values ?? [],
    ),
    keepsPlainText: Actions.some(keepsPlainText),
    login: Actions.some(isLogin),
    checksToken: Actions.some(({ Type }) => String(Type) === "jwt-validation"),
    targetGroups: Actions.filter(({ Type }) => Type === "forward").flatMap(targetGroupsOf),
  };
}

/** An absent protocol of a redirect is that of the request. */
function keepsPlainText({ Type, RedirectConfig }: Action): boolean {
  return Type === "forward" || (Type === "redirect" && RedirectConfig?.Protocol !== "HTTPS");
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
