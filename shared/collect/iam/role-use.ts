/**
 * What the roles of functions were used for: IAM's report of services last accessed, for each role that Lambda may take. It is free and
 * goes back 400 days, counts attempts that were refused, and knows single actions only of some services. Only who asked for a report may
 * fetch it, with the same session: so both happens here, one after the other. A report a week and role is enough for questions of months.
 */
import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  type ServiceLastAccessed,
} from "@aws-sdk/client-iam";
import { markOperation, statusOf } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import { isComplete, type Part } from "../../model/coverage.ts";
import { dayOf } from "../../model/day.ts";
import type { Resource } from "../../model/graph.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { RoleUse, UsedService } from "../../model/role-use.ts";
import { type CollectContext, collectPart, unavailableFor } from "../contract/collector.ts";
import type { Inventory } from "../contract/service-collector.ts";
import { turnOf } from "../contract/turns.ts";

export const roleUseCollector = {
  name: "role-use",
  readerVersion: 1,
  actions: ["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"],
  reads: "once a week for each role that Lambda may take: which services, and of some services which actions, it was used for and when",
} as const;

const everyDays = 7;
/** A report is ready within seconds; after these waits it is left for the next scan. Milliseconds. */
const waitsMs = [250, 500, 1000, 2000, 4000, 8000];

/** Each has been tried again by the SDK already: a service that is broken now is asked by the next scan. */
const failuresBeforeGivingUp = 5;

type Sleep = (ms: number) => Promise<void>;
const realSleep: Sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param inventory what the account-wide services listed: the roles are among it */
export async function collectRoleUse(context: CollectContext, inventory: Inventory, sleep = realSleep): Promise<Part<RoleUse>> {
  const { iam } = inventory.parts;
  const roles = inventory.resources.filter(isOfLambda).map(({ arn }) => arn);
  if (!iam || (roles.length === 0 && !isComplete(iam))) return unavailableFor("role-use", iam ?? notAsked(context.region));
  return collectPart<RoleUse>("role-use", context.region, async (sink) => {
    const today = dayOf(context.now);
    const asked = roles.map((key) => ({ key, fingerprint: String(turnOf(key, today, everyDays)), settled: true }));
    let refusal: unknown;
    let failuresInARow = 0;
    const answers = await context.rotation.read<readonly UsedService[]>(
      "role-use",
      asked,
      async (arn) => {
        // what the endpoint does not know, it does not know for the next role either
        if (refusal) throw refusal;
        try {
          const report = await reportOf(context, arn, sleep);
          failuresInARow = 0;
          return report;
        } catch (error) {
          failuresInARow += 1;
          if (statusOf(error) === "unsupported" || failuresInARow >= failuresBeforeGivingUp) refusal = error;
          throw error;
        }
      },
      sink.miss,
    );
    for (const [roleArn, { value, readAt }] of answers) sink.push({ roleArn, services: value, readAt });
  });
}

function notAsked(region: string): Part<never> {
  return { items: [], coverage: { collector: "iam", region, status: "failed" } };
}

function isOfLambda({ type, details }: Resource): boolean {
  const services = details?.trustedServices;
  const path = String(details?.path ?? "");
  if (type !== "AWS::IAM::Role" || !Array.isArray(services) || path.startsWith("/aws-service-role/")) return false;
  return services.some((service: string) => /^(edge)?lambda\./.test(service));
}

async function reportOf({ clients, region }: CollectContext, Arn: string, sleep: Sleep): Promise<UsedService[]> {
  const iam = clients.iam(region);
  const { JobId } = await iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity: "ACTION_LEVEL" }));
  const fetch = (Marker?: string) => iam.send(new GetServiceLastAccessedDetailsCommand({ JobId, ...(Marker ? { Marker } : {}) }));
  let first = await fetch();
  for (const wait of waitsMs) {
    if (first.JobStatus !== "IN_PROGRESS") break;
    await sleep(wait);
    first = await fetch();
  }
  if (first.JobStatus !== "COMPLETED") throw notReady(Arn, first.JobStatus, first.Error);
  const services: UsedService[] = [];
  const list = pages(
    (Marker) => (Marker ? fetch(Marker) : Promise.resolve(first)),
    (page) => (page.IsTruncated ? page.Marker : undefined),
  );
  for await (const page of list) services.push(...(page.ServicesLastAccessed ?? []).flatMap((one) => usedService(one) ?? []));
  return services;
}

function notReady(arn: string, status: string | undefined, error: { Code?: string; Message?: string } | undefined): Error {
  const why = error ? `${error.Code}: ${error.Message}` : `status ${status}`;
  const failure = Object.assign(new Error(`IAM's report of the services that ${arn} used was not made: ${why}`), {
    name: error?.Code ?? "ReportNotReady",
  });
  markOperation(failure, "iam:GetServiceLastAccessedDetails");
  return failure;
}

function usedService({
  ServiceNamespace,
  LastAuthenticated,
  TrackedActionsLastAccessed = [],
}: ServiceLastAccessed): UsedService | undefined {
  if (!ServiceNamespace) return undefined;
  const service = cleanText(ServiceNamespace, 64);
  const actions = TrackedActionsLastAccessed.flatMap(({ ActionName, LastAccessedTime }) =>
    ActionName ? [{ action: `${service}:${cleanText(ActionName, 128)}`, ...at(LastAccessedTime) }] : [],
  );
  return { service, ...at(LastAuthenticated), ...(actions.length > 0 ? { actions } : {}) };
}

function at(time: Date | undefined): { readonly lastUsedAt?: string } {
  return time ? { lastUsedAt: time.toISOString() } : {};
}
