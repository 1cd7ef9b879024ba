/** VPC Lattice: services that are called from inside VPCs, and the functions behind them. */
import {
  GetServiceCommand,
  ListServicesCommand,
  ListTargetGroupsCommand,
  ListTargetsCommand,
  type ServiceSummary,
  type TargetGroupSummary,
} from "@aws-sdk/client-vpc-lattice";
import { pages } from "../../aws/paginate.ts";
import type { LatticeAnswer } from "../../describe/services/lattice.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const latticeCollector: ServiceCollector<"lattice"> = {
  name: "lattice",
  scope: "region",
  readerVersion: 1,
  actions: ["vpc-lattice:ListServices", "vpc-lattice:GetService", "vpc-lattice:ListTargetGroups", "vpc-lattice:ListTargets"],
  reads: "services of VPC Lattice, how they authenticate callers, and the functions behind them",
  collect(context) {
    return collectPart<LatticeAnswer>("lattice", context.region, async (sink) => {
      const services = await listServices(context);
      const groups = await listFunctionGroups(context);
      const byArn = (arn: string | undefined, fingerprint: Date | undefined) =>
        arn ? [{ key: arn, fingerprint: fingerprint?.toISOString() ?? "" }] : [];
      const [auth, targets] = await Promise.all([
        context.rotation.read(
          "lattice-services",
          services.flatMap((one) => byArn(one.arn, one.lastUpdatedAt)),
          (arn) => authTypeOf(context, arn),
          sink.miss,
        ),
        context.rotation.read(
          "lattice-targets",
          groups.flatMap((one) => byArn(one.arn, one.lastUpdatedAt)),
          (arn) => targetsOf(context, arn),
          sink.miss,
        ),
      ]);
      if (services.length === 0 && groups.length === 0) return;
      sink.push({
        services: services.flatMap(({ arn, name, createdAt }) =>
          arn ? [{ arn, name: name ?? arn, createdAt: createdAt?.toISOString(), authType: auth.get(arn)?.value }] : [],
        ),
        groups: groups.flatMap(({ arn, name, createdAt, serviceArns }) =>
          arn
            ? [
                {
                  arn,
                  name: name ?? arn,
                  createdAt: createdAt?.toISOString(),
                  serviceArns: serviceArns ?? [],
                  targets: targets.get(arn)?.value,
                },
              ]
            : [],
        ),
      });
    });
  },
};

async function listServices({ clients, region }: CollectContext): Promise<ServiceSummary[]> {
  const services: ServiceSummary[] = [];
  const list = pages(
    (nextToken) => clients.lattice(region).send(new ListServicesCommand({ maxResults: 100, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) services.push(...(page.items ?? []));
  return services;
}

async function listFunctionGroups({ clients, region }: CollectContext): Promise<TargetGroupSummary[]> {
  const groups: TargetGroupSummary[] = [];
  const list = pages(
    (nextToken) =>
      clients
        .lattice(region)
        .send(new ListTargetGroupsCommand({ targetGroupType: "LAMBDA", maxResults: 100, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) groups.push(...(page.items ?? []));
  return groups;
}

async function authTypeOf({ clients, region }: CollectContext, serviceIdentifier: string): Promise<string> {
  const { authType } = await clients.lattice(region).send(new GetServiceCommand({ serviceIdentifier }));
  return authType ?? "NONE";
}

async function targetsOf({ clients, region }: CollectContext, targetGroupIdentifier: string): Promise<string[]> {
  const arns: string[] = [];
  const list = pages(
    (nextToken) => clients.lattice(region).send(new ListTargetsCommand({ targetGroupIdentifier, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) for (const { id } of page.items ?? []) if (id) arns.push(id);
  return arns;
}
