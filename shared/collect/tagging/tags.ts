/**
 * Tags of everything serverless through the tagging API, a hundred resources a call. Large accounts are swept once a week;
 * in between only functions that were not there at the last sweep are asked for.
 */
import { GetResourcesCommand, type ResourceTagMapping } from "@aws-sdk/client-resource-groups-tagging-api";
import { pages } from "../../aws/paginate.ts";
import { resourceTypes } from "../../data/resource-types.ts";
import type { Part } from "../../model/coverage.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type FunctionConfiguration, globalRegion, type ResourceTags } from "../../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "../contract/collector.ts";

export const tagsCollector: CollectorMeta = {
  name: "tags",
  readerVersion: 1,
  actions: ["tag:GetResources"],
  reads: "tags of everything serverless: team, environment, CloudFormation stack, smalltarget:ignore",
};

const sweepEveryDays = 7;
/** Up to this many functions a full sweep is at most about ten calls: done in every scan. */
const alwaysSweepUpTo = 1000;
const perCall = 100;

/** Types of the inventory, as the tagging API names them; not everything of an account that bears a tag. */
const taggedTypes = [...new Set(Object.values(resourceTypes).flatMap(({ tagged }) => tagged ?? []))];

interface Sweep {
  readonly tags: readonly ResourceTags[];
  /** Functions that were there when it was made. */
  readonly known: readonly string[];
}

export function collectTags(context: CollectContext, functions: readonly FunctionConfiguration[]): Promise<Part<ResourceTags>> {
  return collectPart("tags", context.region, async (sink) => {
    const arns = functions.map(({ arn }) => arn);
    const remembered = context.rotation.remembered<Sweep>("tags", "sweep");
    const known = new Set(remembered?.value.known);
    const fresh = arns.filter((arn) => !known.has(arn));
    const ageDays = remembered ? (context.now.getTime() - Date.parse(remembered.readAt)) / 86_400_000 : Number.POSITIVE_INFINITY;
    const due = arns.length <= alwaysSweepUpTo || ageDays >= sweepEveryDays || fresh.length > alwaysSweepUpTo / 10;
    try {
      const sweep = due ? { tags: await readAll(context), known: arns } : await addFresh(context, remembered?.value, fresh);
      sink.push(...sweep.tags);
      const readAt = due ? context.now.toISOString() : (remembered?.readAt ?? context.now.toISOString());
      context.rotation.remember("tags", "sweep", sweep, readAt);
    } catch (error) {
      sink.miss(error);
      sink.push(...(remembered?.value.tags ?? []));
      if (remembered) context.rotation.remember("tags", "sweep", remembered.value, remembered.readAt);
    }
  });
}

/** Tags of the account's buckets in `regions`: those that no sweep of their own Region reads, since it is not scanned. */
export function collectBucketTags(context: CollectContext, regions: readonly string[]): Promise<Part<ResourceTags>> {
  return collectPart("tags", globalRegion, async (sink) => {
    for (const region of regions) {
      try {
        sink.push(...(await readAll({ ...context, region }, ["s3"])));
      } catch (error) {
        sink.miss(error);
      }
    }
  });
}

async function readAll({ clients, region }: CollectContext, types = taggedTypes): Promise<ResourceTags[]> {
  const found: ResourceTags[] = [];
  const list = pages(
    (PaginationToken) =>
      clients.tagging(region).send(
        new GetResourcesCommand({
          ResourceTypeFilters: types,
          ResourcesPerPage: perCall,
          ...(PaginationToken ? { PaginationToken } : {}),
        }),
      ),
    (page) => page.PaginationToken,
  );
  for await (const page of list) found.push(...(page.ResourceTagMappingList ?? []).map(toTags));
  return found;
}

async function addFresh({ clients, region }: CollectContext, sweep: Sweep | undefined, fresh: readonly string[]): Promise<Sweep> {
  const tags = [...(sweep?.tags ?? [])];
  for (let i = 0; i < fresh.length; i += perCall) {
    const answer = await clients.tagging(region).send(new GetResourcesCommand({ ResourceARNList: fresh.slice(i, i + perCall) }));
    tags.push(...(answer.ResourceTagMappingList ?? []).map(toTags));
  }
  return { tags, known: [...(sweep?.known ?? []), ...fresh] };
}

function toTags(mapping: ResourceTagMapping): ResourceTags {
  const tags = (mapping.Tags ?? []).flatMap(({ Key, Value }) => (Key ? [[cleanText(Key, 128), cleanText(Value ?? "", 256)]] : []));
  return { arn: mapping.ResourceARN ?? "", tags: Object.fromEntries(tags) as Record<string, string> };
}
