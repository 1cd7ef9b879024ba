import { RegionInfo } from "aws-cdk-lib/region-info";
import { expect, test } from "vitest";
import { isLoadBalancerAccount } from "../../shared/data/load-balancer-accounts.ts";

test("every account that the CDK knows of in open Regions is known, and no other", () => {
  const known = RegionInfo.regions.flatMap(({ name, elbv2Account }) => (elbv2Account && !name.includes("-iso") ? [elbv2Account] : []));
  expect(known.length).toBeGreaterThan(20);
  expect(known.filter((account) => !isLoadBalancerAccount(account))).toEqual([]);
  expect(isLoadBalancerAccount("111122223333")).toBe(false);
});
