/** Who we are and which Regions there are to look at. */
import { ListRegionsCommand } from "@aws-sdk/client-account";
import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Clients } from "../../aws/clients.ts";
import { coverageOf } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import { parseArn } from "../../model/arn.ts";
import type { Coverage } from "../../model/coverage.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { CollectorMeta } from "../contract/collector.ts";

export const regionsCollector: CollectorMeta = {
  name: "regions",
  readerVersion: 1,
  actions: ["sts:GetCallerIdentity", "account:ListRegions", "ec2:DescribeRegions"],
  reads: "who we are; which Regions are enabled (EC2 is asked only when the account service refuses)",
};

export interface Identity {
  readonly account: string;
  readonly partition: string;
  readonly arn: string;
}

/** The account behind the credentials. @throws what STS answers: missing, expired or refused credentials */
export async function identify(clients: Clients, homeRegion: string): Promise<Identity> {
  const caller = await clients.sts(homeRegion).send(new GetCallerIdentityCommand({}));
  const arn = caller.Arn ?? "";
  return { account: caller.Account ?? "", partition: parseArn(arn)?.partition ?? "aws", arn };
}

export interface RegionList {
  readonly regions: readonly string[];
  readonly source: Snapshot["regionSource"];
  readonly coverage: readonly Coverage[];
}

/** Enabled Regions by the account service, else by EC2, else the configured ones; `coverage` says which answers failed. */
export async function listRegions(clients: Clients, homeRegion: string, configured: readonly string[]): Promise<RegionList> {
  const failures: Coverage[] = [];
  const ways = [
    { source: "account" as const, list: () => fromAccount(clients, homeRegion) },
    { source: "ec2" as const, list: () => fromEc2(clients, homeRegion) },
  ];
  for (const { source, list } of ways) {
    try {
      const regions = await list();
      if (regions.length > 0) {
        const whole: Coverage = { collector: "regions", region: "global", status: "complete", resources: regions.length };
        return { regions: regions.sort(), source, coverage: [whole] };
      }
    } catch (error) {
      failures.push(coverageOf("regions", "global", error, 0));
    }
  }
  const regions = configured.length > 0 ? configured : [homeRegion];
  return { regions: [...regions].sort(), source: "configured", coverage: failures.slice(0, 1) };
}

async function fromAccount(clients: Clients, homeRegion: string): Promise<string[]> {
  const regions: string[] = [];
  const list = pages(
    (token) =>
      clients.account(homeRegion).send(
        new ListRegionsCommand({
          RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"],
          MaxResults: 50,
          ...(token ? { NextToken: token } : {}),
        }),
      ),
    (page) => page.NextToken,
  );
  for await (const page of list) regions.push(...(page.Regions ?? []).flatMap((region) => region.RegionName ?? []));
  return regions;
}

async function fromEc2(clients: Clients, homeRegion: string): Promise<string[]> {
  const answer = await clients.ec2(homeRegion).send(new DescribeRegionsCommand({ AllRegions: false }));
  return (answer.Regions ?? []).flatMap((region) => region.RegionName ?? []);
}
