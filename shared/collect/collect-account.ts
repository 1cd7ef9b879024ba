/** What is account-wide: read once, from the home Region, as the Region `global`. */

import { globalRegion } from "../model/snapshot.ts";
import { type RegionQuestion, type RegionResult, withoutFunctions } from "./collect-region.ts";
import { collectServices } from "./collect-services.ts";
import { Rotation } from "./rotation.ts";
import { services } from "./services/services.ts";

/** @param question its `region` is the home Region, where account-wide services are asked */
export async function collectAccount(question: RegionQuestion): Promise<RegionResult> {
  const { ledger, now, cached, isOutOfTime, ...rest } = question;
  const rotation = new Rotation(cached, now, isOutOfTime);
  const inventory = await collectServices(services, "account", { ...rest, now, rotation, functions: [] });
  const parts = Object.entries(inventory).map(([name, part]) => [name, { ...part, coverage: { ...part.coverage, region: globalRegion } }]);
  const noFunctions = { items: [], coverage: { collector: "functions", region: globalRegion, status: "complete", resources: 0 } } as const;
  return {
    snapshot: withoutFunctions(globalRegion, noFunctions, Object.fromEntries(parts)),
    changedEntries: [],
    readUntil: ledger.readUntil,
    cached: rotation.kept,
  };
}
