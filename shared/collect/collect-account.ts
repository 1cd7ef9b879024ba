/** What is account-wide: read once, from the home Region, as the Region `global`. */

import { globalRegion } from "../model/snapshot.ts";
import { collectCreators, eventHistoryCollector } from "./cloudtrail/creators.ts";
import type { RegionQuestion, RegionResult } from "./collect-region.ts";
import { areAllListed, askedPlace, collectServices } from "./collect-services.ts";
import { contextOf, notingLeft } from "./contract/collector.ts";
import { readingsOf } from "./contract/event-history.ts";
import { collectRoleUse, roleUseCollector } from "./iam/role-use.ts";
import { services } from "./services.ts";
import { collectBucketTags, tagsCollector } from "./tagging/tags.ts";
import { withoutFunctions } from "./without-functions.ts";

/** @param question its `region` is the home Region, where account-wide services are asked */
export async function collectAccount(question: RegionQuestion): Promise<RegionResult> {
  const { ledger, now, cached, isOutOfTime, ...rest } = question;
  const readings = readingsOf(rest.clients, rest.region, cached, now, isOutOfTime);
  const context = { ...rest, now, ...readings, functions: [] };
  const inventory = await collectServices(services, "account", context);
  const roleUse = await collectRoleUse(contextOf(roleUseCollector, context), inventory);
  const all = {
    ...inventory.parts,
    "role-use": notingLeft(context, roleUse),
    "event-history": await collectCreators(contextOf(eventHistoryCollector, context), inventory.resources, areAllListed(inventory.parts)),
  };
  const elsewhere = new Set(inventory.resources.filter(({ type }) => type === "AWS::S3::Bucket").map(({ region }) => region));
  const unscanned = [...elsewhere].filter((region) => question.allRegions.includes(region) && !question.scannedRegions.includes(region));
  const tags = await collectBucketTags(contextOf(tagsCollector, context), unscanned.toSorted());
  const parts = Object.entries(all).map(([name, part]) => [name, { ...part, coverage: { ...part.coverage, region: globalRegion } }]);
  const noFunctions = { items: [], coverage: { collector: "functions", region: globalRegion, status: "complete", resources: 0 } } as const;
  return {
    snapshot: { ...withoutFunctions(globalRegion, noFunctions, Object.fromEntries(parts), askedPlace(context)), tags },
    changedEntries: [],
    readUntil: ledger.readUntil,
    cached: readings.kept(),
  };
}
