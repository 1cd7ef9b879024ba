/** Each collector's first call, tried once with the smallest answer: does AWS let us? */
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeAlarmsCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { GetFunctionConcurrencyCommand, ListEventSourceMappingsCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api";
import { ListSchedulesCommand } from "@aws-sdk/client-scheduler";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "../../shared/aws/clients.ts";
import { codeOf, isGone, operationOf, statusOf } from "../../shared/aws/errors.ts";
import type { CollectorMeta } from "../../shared/collect/collector.ts";
import { cleanText } from "../../shared/model/plain-text.ts";
import { bad, type Check, note, ok } from "./check.ts";

export interface Place {
  readonly clients: Clients;
  readonly region: string;
  readonly account: string;
}

/** A name that no resource has: to be told "there is none" proves the permission. */
const nobody = "smalltarget-doctor-asks";

/** By collector name. */
const probes: Readonly<Record<string, (place: Place) => Promise<unknown>>> = {
  functions: ({ clients, region }) => clients.lambda(region).send(new ListFunctionsCommand({ MaxItems: 1 })),
  eventSourceMappings: ({ clients, region }) => clients.lambda(region).send(new ListEventSourceMappingsCommand({ MaxItems: 1 })),
  eventRules: ({ clients, region }) => clients.events(region).send(new ListRulesCommand({ Limit: 1 })),
  schedules: ({ clients, region }) => clients.scheduler(region).send(new ListSchedulesCommand({ MaxResults: 1 })),
  alarmActions: ({ clients, region }) => clients.cloudwatch(region).send(new DescribeAlarmsCommand({ MaxRecords: 1 })),
  durationAlarms: ({ clients, region }) => clients.cloudwatch(region).send(new DescribeAlarmsCommand({ MaxRecords: 1 })),
  queues: ({ clients, region, account }) =>
    clients.sqs(region).send(
      new GetQueueAttributesCommand({
        QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${nobody}`,
        AttributeNames: ["QueueArn"],
      }),
    ),
  tags: ({ clients, region }) => clients.tagging(region).send(new GetResourcesCommand({ ResourcesPerPage: 1 })),
  usage: ({ clients, region }) =>
    clients.cloudwatch(region).send(new ListMetricsCommand({ Namespace: "AWS/Lambda", MetricName: "Duration", RecentlyActive: "PT3H" })),
  "event-history": ({ clients, region }) => clients.cloudtrail(region).send(new LookupEventsCommand({ MaxResults: 1 })),
  candidates: ({ clients, region }) => clients.lambda(region).send(new GetFunctionConcurrencyCommand({ FunctionName: nobody })),
};

/** A line per collector that can be tried with one call, and one for the rest: those read only what others have found. */
export async function* probeAll(collectors: readonly CollectorMeta[], place: Place): AsyncGenerator<Check> {
  const untried: string[] = [];
  for (const collector of collectors) {
    const ask = probes[collector.name];
    if (ask) yield await probe(collector, () => ask(place), place.region);
    else untried.push(collector.name);
  }
  if (untried.length > 0) yield note("other collectors", `are tried by a scan only: ${untried.join(", ")}`);
}

async function probe({ name, actions }: CollectorMeta, ask: () => Promise<unknown>, region: string): Promise<Check> {
  const [first, ...further] = actions;
  const rest = further.length > 0 ? ` (tried by a scan only: ${further.join(", ")})` : "";
  try {
    await ask();
    return ok(name, `${first}: answered in ${region}${rest}`);
  } catch (error) {
    if (isGone(error)) return ok(name, `${first}: allowed in ${region}${rest}`);
    return refusal(name, error, region);
  }
}

function refusal(name: string, error: unknown, region: string): Check {
  const operation = operationOf(error) ?? name;
  const said = cleanText(error instanceof Error ? error.message : String(error), 200);
  if (statusOf(error) === "denied") {
    return bad(name, `${operation} refused in ${region} (${said}): allow ${operation}; look for a service control policy too`);
  }
  return bad(name, `${operation} failed in ${region} (${codeOf(error)}: ${said})`);
}
