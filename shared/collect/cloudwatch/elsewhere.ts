/**
 * Usage that the plain series of a function does not show: Lambda@Edge runs are counted in every serving Region under
 * `us-east-1.NAME`, and runs on Managed Instances sit on the alias or version.
 */

import { ListVersionsByFunctionCommand } from "@aws-sdk/client-lambda";
import { pages } from "../../aws/paginate.ts";
import { metricRetentionDays } from "../../data/service-limits.ts";
import type { LambdaAccessAnswer } from "../../describe/services/lambda-access.ts";
import { dayOf } from "../../model/day.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import { planBatches } from "../../usage/metric-plan.ts";
import type { Dimensions } from "../../usage/resource-signals.ts";
import type { Answer } from "../contract/cached-reads.ts";
import type { CollectContext } from "../contract/collector.ts";
import { mayRunAtEdge, type RoleRead } from "../lambda/edge.ts";
import { readDaily } from "./function-metric-reads.ts";

export interface ElsewhereContext extends CollectContext {
  /** All enabled Regions, scanned or not: edge functions run in any of them. */
  readonly allRegions: readonly string[];
  /** Names of the aliases of a function; undefined where they could not be read. */
  readonly aliasesOf: (functionArn: string) => readonly string[] | undefined;
}

const samples = [{ metric: "Duration", stat: "SampleCount" }] as const;

export interface Elsewhere {
  /** Last day of use elsewhere. */
  readonly lastDay?: number;
  /** Why that could not be told. */
  readonly unknown?: string;
}

/** Names of aliases by function, as the answers about functions tell them; undefined where they could not be read. */
export function aliasNames(answers: readonly LambdaAccessAnswer[]): ElsewhereContext["aliasesOf"] {
  const read = answers.flatMap((answer) => ("access" in answer && answer.access.aliases ? [answer.access] : []));
  const names = new Map(read.map(({ arn, aliases = [] }) => [arn, aliases.map(({ name }) => name)]));
  return (arn) => names.get(arn);
}

/** Looks for use elsewhere; the answer tells it for each candidate. */
export async function readElsewhere(
  context: ElsewhereContext,
  candidates: readonly FunctionConfiguration[],
  roles: ReadonlyMap<string, Answer<RoleRead>>,
  missed: (error: unknown) => void,
): Promise<(configuration: FunctionConfiguration) => Elsewhere> {
  const found = new Map<string, Elsewhere>();
  const note = (arn: string, day: number) => found.set(arn, { ...found.get(arn), lastDay: Math.max(found.get(arn)?.lastDay ?? 0, day) });
  const miss = (functions: readonly FunctionConfiguration[], unknown: string, error: unknown) => {
    missed(error);
    for (const { arn } of functions) found.set(arn, { ...found.get(arn), unknown });
  };
  const atEdge = candidates.filter((f) => roles.get(f.roleArn)?.value.edge);
  for (const region of atEdge.length > 0 ? context.allRegions : []) {
    try {
      const names = atEdge.map(({ name }) => `us-east-1.${name}`);
      const days = await lastUse(context, region, names, dimension);
      for (const f of atEdge) if (days.has(`us-east-1.${f.name}`)) note(f.arn, days.get(`us-east-1.${f.name}`) ?? 0);
    } catch (error) {
      miss(atEdge, `it runs at CloudFront's edge, and its metrics in ${region} could not be read`, error);
    }
  }
  for (const f of candidates.filter(({ managedInstances }) => managedInstances)) {
    try {
      const days = await lastUse(context, context.region, await qualifiers(context, f), (qualifier) => ({
        ...dimension(f.name),
        Resource: `${f.name}:${qualifier}`,
      }));
      for (const day of days.values()) note(f.arn, day);
    } catch (error) {
      miss([f], "it runs on Managed Instances, and the metrics of its aliases could not be read", error);
    }
  }
  return (f) => {
    const roleUnread = mayRunAtEdge(f) && !roles.has(f.roleArn);
    return roleUnread ? { unknown: "whether it runs at CloudFront's edge could not be read (iam:GetRole)" } : (found.get(f.arn) ?? {});
  };
}

function dimension(name: string): Dimensions {
  return { FunctionName: name };
}

async function lastUse(
  { clients, now }: CollectContext,
  region: string,
  names: readonly string[],
  dimensionsOf: (name: string) => Dimensions,
): Promise<Map<string, number>> {
  const fromDay = dayOf(now) - metricRetentionDays + 1;
  const found = new Map<string, number>();
  for (const batch of planBatches(
    names.map((name) => ({ name, fromDay })),
    1,
    now,
  )) {
    const answers = await readDaily(clients, region, batch, samples, now, dimensionsOf);
    for (const [name, [series]] of answers) {
      for (const [day, count] of series ?? []) if (count > 0) found.set(name, Math.max(found.get(name) ?? 0, day));
    }
  }
  return found;
}

/** Its aliases, which were read with who may call them, and all its versions. */
async function qualifiers({ clients, region, aliasesOf }: ElsewhereContext, { arn, name: FunctionName }: FunctionConfiguration) {
  const lambda = clients.lambda(region);
  const aliases = aliasesOf(arn);
  if (!aliases) throw new Error(`the aliases of ${FunctionName} could not be read`);
  const names = [...aliases];
  const versions = pages(
    (Marker) => lambda.send(new ListVersionsByFunctionCommand({ FunctionName, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of versions) names.push(...(page.Versions ?? []).flatMap((version) => version.Version ?? []));
  return names;
}
