/** Elastic Load Balancing: what leads to functions in a Region. A balancer may lead to another one, so they are told apart only together. */
import {
  describeLoadBalancer,
  describeTargetGroup,
  type Listener,
  type LoadBalancer,
  type LoadBalancerTargetGroup,
} from "../load-balancer.ts";
import type { Describe } from "./describe-answer.ts";

export interface LoadBalancersAnswer {
  readonly groups: readonly LoadBalancerTargetGroup[];
  readonly balancers: readonly LoadBalancer[];
  /** By ARN of the balancer; absent where they could not be read. */
  readonly listeners: Readonly<Record<string, readonly Listener[]>>;
}

export const describe: Describe<LoadBalancersAnswer> = (answer, { region }) => {
  const listeners = new Map(Object.entries(answer.listeners));
  const groups = new Map(answer.groups.map((group) => [group.arn, group]));
  return [
    ...answer.groups.map((group) => describeTargetGroup(group, listeners, region)),
    ...answer.balancers.map((balancer) => describeLoadBalancer(balancer, listeners, groups, region)),
  ];
};
