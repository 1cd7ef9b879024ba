/** Everything read in one Region, in the order in which one answer tells what to ask next. */
import type { Clients } from "../aws/clients.ts";
import type { EventBusAnswer } from "../describe/services/event-buses.ts";
import type { LambdaAccessAnswer } from "../describe/services/lambda-access.ts";
import type { ScheduleAnswer } from "../describe/services/scheduler.ts";
import type { QueueAnswer } from "../describe/services/sqs.ts";
import { isComplete, isListed, type Part } from "../model/coverage.ts";
import type { EarlyFunctions } from "../model/early-functions.ts";
import type { Resource } from "../model/graph.ts";
import type { CollectedRegion, EventSourceMapping } from "../model/snapshot.ts";
import type { LedgerEntry, RegionLedger } from "../model/usage.ts";
import { noteConcurrency, sameEntry } from "../usage/ledger.ts";
import { candidatesCollector, collectCandidates } from "./candidates.ts";
import { collectCreators, eventHistoryCollector } from "./cloudtrail/creators.ts";
import { collectDurationAlarms, durationAlarmsCollector } from "./cloudwatch/duration-alarms.ts";
import { aliasNames } from "./cloudwatch/elsewhere.ts";
import { collectUsage, usageCollector } from "./cloudwatch/usage.ts";
import { areAllListed, askedPlace, collectServices } from "./collect-services.ts";
import type { CachedReads } from "./contract/cached-reads.ts";
import { type CollectContext, contextOf, notingLeft, unavailableFor } from "./contract/collector.ts";
import { readingsOf } from "./contract/event-history.ts";
import type { Inventory, ServiceContext, ServiceParts } from "./contract/service-collector.ts";
import { collectEventSourceMappings, eventSourceMappingsCollector } from "./lambda/event-source-mappings.ts";
import { collectFunctions, type EnvironmentValues, functionsCollector, namesOfResource, withNamedReferences } from "./lambda/functions.ts";
import { bucketArns } from "./s3/bucket-names.ts";
import { services as serviceCollectors } from "./services.ts";
import { queuesOf } from "./sqs/queues.ts";
import { collectTags, tagsCollector } from "./tagging/tags.ts";
import { goneEntries, partWithout, withBefore, withoutFunctions } from "./without-functions.ts";

export interface RegionQuestion {
  readonly clients: Clients;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly allRegions: readonly string[];
  /** Those that this scan looks at. */
  readonly scannedRegions: readonly string[];
  readonly now: Date;
  /** The fewest days of silence that a rule about quiet functions is set to. */
  readonly candidateDays: number;
  /** The fewest after which a rule asks whether a function is switched off. */
  readonly concurrencyDays: number;
  readonly ledger: RegionLedger;
  /** What earlier scans read per resource. */
  readonly cached: CachedReads;
  /** False: reading code is switched off. */
  readonly readsCode?: boolean;
  /** True once no further read per resource may be started: a step has to end before Lambda ends it. */
  readonly isOutOfTime?: () => boolean;
  /** Told of the functions once they and their usage are read. */
  readonly known?: (functions: EarlyFunctions) => void;
}

export interface RegionResult {
  readonly snapshot: CollectedRegion;
  /** Ledger entries that are no longer what the store holds. */
  readonly changedEntries: readonly LedgerEntry[];
  readonly readUntil: string | undefined;
  readonly cached: CachedReads;
}

/** Reads one Region. Never throws for what AWS refuses: that is coverage. */
export async function collectRegion(question: RegionQuestion): Promise<RegionResult> {
  const { ledger, now, region, cached, isOutOfTime, known, ...rest } = question;
  const readings = readingsOf(rest.clients, region, cached, now, isOutOfTime);
  const context = { ...rest, region, now, ...readings };
  const values: EnvironmentValues = new Map();
  const functions = await collectFunctions(contextOf(functionsCollector, context), values);
  const isEmpty = functions.items.length === 0;
  const mappings = isEmpty
    ? Promise.resolve(partWithout<EventSourceMapping>("eventSourceMappings", functions))
    : collectEventSourceMappings(contextOf(eventSourceMappingsCollector, context));
  const inventory = regionServices({ ...context, functions: functions.items, mappings }, functions);
  if (isEmpty) {
    // no functions, or none that we can see: what only says something about functions is not asked
    const gone = goneEntries(ledger, functions, now).filter((entry) => !sameEntry(ledger.entries.get(entry.arn), entry));
    const tags = collectTags(contextOf(tagsCollector, context), []);
    const services = await withCreators(context, functions, await inventory);
    // owners, and what people say is to be ignored, are tags of queues and tables too
    const unread = withBefore(functions, ledger);
    const snapshot = { ...withoutFunctions(region, unread, services, askedPlace(context)), tags: followed(await tags, functions) };
    return { snapshot, changedEntries: gone, readUntil: ledger.readUntil, cached: isComplete(functions) ? readings.kept() : cached };
  }
  const [durationAlarms, tags, used] = await Promise.all([
    collectDurationAlarms(contextOf(durationAlarmsCollector, context)),
    collectTags(contextOf(tagsCollector, context), functions.items),
    collectUsage(contextOf(usageCollector, context), functions.items, ledger).then((read) => {
      known?.({ region, at: now, functions: functions.items, usage: read.usage.items, complete: isComplete(functions) });
      return read;
    }),
  ]);
  const { resources, parts } = await inventory;
  const starters = {
    rules: (parts["event-buses"]?.items ?? []) as readonly EventBusAnswer[],
    schedules: (parts.scheduler?.items ?? []) as readonly ScheduleAnswer[],
  };
  const aliasesOf = aliasNames((parts["lambda-access"]?.items ?? []) as readonly LambdaAccessAnswer[]);
  const asking = { ...contextOf(candidatesCollector, context), aliasesOf };
  const candidates = await collectCandidates(asking, functions.items, used.usage, tags, starters);
  const reserved = new Map(candidates.items.map((read) => [read.arn, read.reservedConcurrency]));
  const usage = {
    ...used.usage,
    items: used.usage.items.map((one) => ({ ...one, ledger: noteConcurrency(one.ledger, reserved.get(one.arn), now) })),
  };
  const entries = [...usage.items.map((one) => one.ledger), ...goneEntries(ledger, functions, now)];
  const queues = queuesOf(await mappings, (parts.sqs ?? unavailableFor("sqs", functions)) as Part<QueueAnswer>);
  const services = await withCreators(context, functions, await inventory);
  const names = namesOf(functions, resources, await bucketArns(context, values));
  const named = { ...functions, items: withNamedReferences(functions.items, values, names) };
  return {
    snapshot: {
      region,
      asked: askedPlace(context),
      services,
      functions: named,
      eventSourceMappings: await mappings,
      durationAlarms,
      queues,
      tags,
      usage,
      candidates: notingLeft(context, candidates),
    },
    changedEntries: entries.filter((entry) => !sameEntry(ledger.entries.get(entry.arn), entry)),
    readUntil: used.readUntil,
    cached: readings.kept(),
  };
}

/** The services of the Region. Where everything is refused, that is said once, by the functions. */
async function regionServices(context: ServiceContext, functions: CollectedRegion["functions"]): Promise<Inventory> {
  const inventory = await collectServices(serviceCollectors, "region", context);
  const parts = Object.entries(inventory.parts).map(([name, part]) => [name, followed(part, functions)]);
  return { ...inventory, parts: Object.fromEntries(parts) };
}

/** What is refused where the functions are refused too is that refusal again. */
function followed<P extends Part<unknown>>(part: P, functions: CollectedRegion["functions"]): P {
  const isOne = functions.coverage.status === "denied" && part.coverage.status === "denied";
  return isOne ? { ...part, coverage: { ...part.coverage, follows: "functions" } } : part;
}

/** The inventory with who created what; last, since it also says how the event history answered all others. */
async function withCreators(
  context: CollectContext,
  functions: CollectedRegion["functions"],
  { parts, resources }: Inventory,
): Promise<ServiceParts> {
  const listed = [...functions.items.map(({ arn, name, region }) => ({ arn, name, region, type: "AWS::Lambda::Function" })), ...resources];
  const areAll = isListed(functions) && areAllListed(parts);
  return { ...parts, "event-history": await collectCreators(contextOf(eventHistoryCollector, context), listed, areAll) };
}

/** ARNs of the Region's resources, and of buckets, by name. A name that two resources share says nothing. */
function namesOf(
  functions: CollectedRegion["functions"],
  resources: readonly Resource[],
  buckets: readonly { readonly name: string; readonly arn: string }[],
): Map<string, string> {
  const names = new Map<string, string>();
  const shared = new Set<string>();
  for (const one of [...functions.items, ...resources, ...buckets]) {
    for (const name of namesOfResource(one)) {
      if (names.has(name) && names.get(name) !== one.arn) shared.add(name);
      names.set(name, one.arn);
    }
  }
  for (const name of shared) names.delete(name);
  return names;
}
