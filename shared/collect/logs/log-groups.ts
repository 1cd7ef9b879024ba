/** Log groups: size, retention and where subscription filters send them; never log lines. */
import { DescribeLogGroupsCommand, DescribeSubscriptionFiltersCommand, type LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import { pages } from "../../aws/paginate.ts";
import type { FilterRead } from "../../describe/log-group.ts";
import type { LogGroupAnswer } from "../../describe/services/log-groups.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import { type Asked, OutOfTimeError } from "../contract/rotation.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

/** Groups whose filters are asked for the first time in one scan: four a second is what this service allows us. */
const newPerScan = 500;
const kind = "log-filters";

export const logGroupsCollector: ServiceCollector<"log-groups"> = {
  name: "log-groups",
  scope: "region",
  readerVersion: 1,
  actions: ["logs:DescribeLogGroups", "logs:DescribeSubscriptionFilters"],
  reads: "log groups: size, retention, key, and where subscription filters send them; never log lines",
  collect(context) {
    return collectPart<LogGroupAnswer>("log-groups", context.region, async (sink) => {
      const groups = await listGroups(context);
      const asked = toAsk(groups, context);
      const answers = await context.rotation.read(kind, asked, (name) => readFilters(context, name), sink.miss);
      const later = groups.filter(({ logGroupName, logGroupClass }) => logGroupName && mayForward(logGroupClass)).length - asked.length;
      if (later > 0) sink.miss(new OutOfTimeError(later, kind));
      // those that are told to log elsewhere say so themselves
      const byName = context.functions.filter(({ logGroup }) => logGroup === undefined);
      const functions = new Map(byName.map(({ name, arn }) => [`/aws/lambda/${name}`, arn]));
      for (const {
        logGroupName: name = "",
        logGroupArn,
        arn,
        creationTime,
        storedBytes,
        retentionInDays,
        kmsKeyId,
        logGroupClass,
      } of groups) {
        const group = {
          arn: logGroupArn ?? arn?.replace(/:\*$/, "") ?? "",
          name,
          createdAt: creationTime === undefined ? undefined : new Date(creationTime).toISOString(),
          storedBytes: storedBytes ?? 0,
          retentionDays: retentionInDays ?? null,
          customerKey: kmsKeyId !== undefined,
          class: logGroupClass ?? "STANDARD",
        };
        const filters = mayForward(group.class) ? answers.get(name) : "none";
        if (group.arn) sink.push({ group, filters, functionArn: functions.get(name) });
      }
    });
  },
};

async function listGroups({ clients, region }: CollectContext): Promise<LogGroup[]> {
  const groups: LogGroup[] = [];
  const list = pages(
    (nextToken) => clients.logs(region).send(new DescribeLogGroupsCommand({ limit: 50, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) groups.push(...(page.logGroups ?? []));
  return groups;
}

/** Only standard groups can have subscription filters. */
function mayForward(logGroupClass: string | undefined): boolean {
  return logGroupClass === undefined || logGroupClass === "STANDARD";
}

/** Groups known from earlier scans, and of the new ones those that hold most: an empty group forwards nothing. */
function toAsk(groups: readonly LogGroup[], { rotation }: CollectContext): Asked[] {
  const asked: Asked[] = [];
  const fresh: LogGroup[] = [];
  for (const group of groups) {
    const { logGroupName: key, creationTime, logGroupClass } = group;
    if (!key || !mayForward(logGroupClass)) continue;
    if (rotation.remembered(kind, key)) asked.push({ key, fingerprint: String(creationTime ?? "") });
    else fresh.push(group);
  }
  fresh.sort((a, b) => (b.storedBytes ?? 0) - (a.storedBytes ?? 0));
  return [
    ...asked,
    ...fresh
      .slice(0, newPerScan)
      .map(({ logGroupName = "", creationTime }) => ({ key: logGroupName, fingerprint: String(creationTime ?? "") })),
  ];
}

async function readFilters({ clients, region }: CollectContext, logGroupName: string): Promise<FilterRead[]> {
  const filters: FilterRead[] = [];
  const list = pages(
    (nextToken) => clients.logs(region).send(new DescribeSubscriptionFiltersCommand({ logGroupName, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) {
    for (const { filterName, destinationArn } of page.subscriptionFilters ?? [])
      if (destinationArn) filters.push({ name: cleanText(filterName ?? "", 100), destinationArn });
  }
  return filters;
}
