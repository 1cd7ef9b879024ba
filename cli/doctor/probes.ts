/** Each collector's first call, and one call in each Region: does AWS let us? */
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeAlarmsCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { GenerateServiceLastAccessedDetailsCommand, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import {
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api";
import { ListSchedulesCommand } from "@aws-sdk/client-scheduler";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { Tape } from "../../shared/aws/client-options.ts";
import type { Clients } from "../../shared/aws/clients.ts";
import { codeOf, isGone, operationOf, statusOf } from "../../shared/aws/errors.ts";
import type { CollectorMeta } from "../../shared/collect/contract/collector.ts";
import { readingsOf } from "../../shared/collect/contract/event-history.ts";
import { services } from "../../shared/collect/services.ts";
import { cleanText } from "../../shared/model/plain-text.ts";
import { collectorName } from "../../shared/wording/collector-names.ts";
import { bad, type Check, note, ok } from "./check.ts";

export interface Place {
  readonly clients: Clients;
  /** Clients whose requests pass through `tape`. */
  readonly clientsWith: (tape: Tape) => Clients;
  readonly now: Date;
  readonly region: string;
  readonly account: string;
}

/** A name that no resource has: to be told "there is none" proves the permission. */
const nobody = "smalltarget-doctor-asks";

/** By collector name. */
const probes: Readonly<Record<string, (place: Place) => Promise<unknown>>> = {
  alias: ({ clients, region }) => clients.iam(region).send(new ListAccountAliasesCommand({})),
  functions: ({ clients, region }) => clients.lambda(region).send(new ListFunctionsCommand({ MaxItems: 1 })),
  eventSourceMappings: ({ clients, region }) => clients.lambda(region).send(new ListEventSourceMappingsCommand({ MaxItems: 1 })),
  "event-buses": ({ clients, region }) => clients.events(region).send(new ListRulesCommand({ Limit: 1 })),
  scheduler: ({ clients, region }) => clients.scheduler(region).send(new ListSchedulesCommand({ MaxResults: 1 })),
  alarms: ({ clients, region }) => clients.cloudwatch(region).send(new DescribeAlarmsCommand({ MaxRecords: 1 })),
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
  "function-calls": ({ clients, region }) => clients.cloudtrail(region).send(new LookupEventsCommand({ MaxResults: 1 })),
  // an ARN of another partition is refused as none, which is an answer too
  "role-use": ({ clients, region, account }) =>
    clients.iam(region).send(new GenerateServiceLastAccessedDetailsCommand({ Arn: `arn:aws:iam::${account}:role/${nobody}` })),
  code: ({ clients, region }) => clients.lambda(region).send(new GetFunctionCommand({ FunctionName: nobody })),
  candidates: ({ clients, region }) => clients.lambda(region).send(new GetFunctionConcurrencyCommand({ FunctionName: nobody })),
};

/** A line per collector, in their order; all are tried at once. What reads only what others have found makes one line together. */
export async function probeAll(collectors: readonly CollectorMeta[], place: Place): Promise<Check[]> {
  const tried = await Promise.all(collectors.map(async (collector) => ({ collector, check: await probe(collector, place) })));
  const untried = tried.flatMap(({ collector, check }) => (check ? [] : [collectorName(collector.name)]));
  return [
    ...tried.flatMap(({ collector, check }) => (check ? [{ ...check, about: collectorName(collector.name) }] : [])),
    ...(untried.length > 0 ? [note("other collectors", `are tried by a scan only: ${untried.join(", ")}`)] : []),
  ];
}

/** One call in each Region: which of them are closed? A line for all that answered, one for each that did not. */
export async function probeRegions(regions: readonly string[], clients: Clients): Promise<Check[]> {
  const tried = await Promise.all(
    regions.map(async (region) => {
      try {
        await clients.lambda(region).send(new ListFunctionsCommand({ MaxItems: 1 }));
        return undefined;
      } catch (error) {
        return refusal("Region", error, region);
      }
    }),
  );
  const closed = tried.filter((check) => check !== undefined);
  const open = regions.length - closed.length;
  return [...(open > 0 ? [ok("Regions", `lambda:ListFunctions: answered in ${open} of ${regions.length}`)] : []), ...closed];
}

async function probe(collector: CollectorMeta, place: Place): Promise<Check | undefined> {
  const { name, actions } = collector;
  const ask = probes[name];
  const answer = ask ? await answerTo(() => ask(place)) : await firstAnswer(collector, place);
  if (answer === undefined) return undefined;
  const first = answer.operation ?? actions[0];
  const further = actions.filter((action) => action !== first);
  const rest = further.length > 0 ? ` (tried by a scan only: ${further.join(", ")})` : "";
  if (answer.error === undefined) return ok(name, `${first}: answered in ${place.region}${rest}`);
  if (isGone(answer.error)) return ok(name, `${first}: allowed in ${place.region}${rest}`);
  if (codeOf(answer.error) === unknownHost) return note(name, `${first}: ${place.region} does not have the service`);
  return refusal(name, answer.error, place.region);
}

/** A host that does not exist; who we are was answered before, so that names are resolved at all. */
const unknownHost = "ENOTFOUND";

interface Answer {
  readonly operation?: string;
  readonly error?: unknown;
}

async function answerTo(ask: () => Promise<unknown>): Promise<Answer> {
  try {
    await ask();
    return {};
  } catch (error) {
    return { error };
  }
}

/** The collector itself, stopped after the first answer that it gets; undefined where it asks nothing of an account that has nothing. */
async function firstAnswer({ name }: CollectorMeta, { clientsWith, region, account, now }: Place): Promise<Answer | undefined> {
  const service = services.find((one) => one.name === name);
  if (!service) return undefined;
  let first: Answer | undefined;
  const stop = new Error("doctor has its answer");
  const clients = clientsWith({
    offline: false,
    async answer({ operation }, askAws) {
      if (first) throw stop;
      // before the answer: what is asked beside it is not waited for
      first = { operation };
      try {
        await askAws();
      } catch (error) {
        first = { operation, error };
        throw error;
      }
      throw stop;
    },
  });
  const { rotation, history, once } = readingsOf(clients, region, {}, now);
  await service.collect({ clients, account, partition: "aws", region, now, rotation, history, once, functions: [] });
  return first;
}

function refusal(name: string, error: unknown, region: string): Check {
  const operation = operationOf(error) ?? name;
  const said = cleanText(error instanceof Error ? error.message : String(error), 200);
  if (statusOf(error) === "denied") {
    return bad(name, `${operation} refused in ${region} (${said}): allow ${operation}; look for a service control policy too`);
  }
  return bad(name, `${operation} failed in ${region} (${codeOf(error)}: ${said})`);
}
