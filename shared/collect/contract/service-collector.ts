/** What a collector of one AWS service is: it keeps answers, which describe/services describes when they are judged. */
import type { ServiceAnswers } from "../../describe/services/services.ts";
import type { Part } from "../../model/coverage.ts";
import type { Resource, ServiceName } from "../../model/graph.ts";
import type { CollectedRegion, EventSourceMapping, FunctionConfiguration } from "../../model/snapshot.ts";
import type { CollectContext, CollectorMeta } from "./collector.ts";

export interface ServiceContext extends CollectContext {
  /** Functions of the Region; none for account-wide services. */
  readonly functions: readonly FunctionConfiguration[];
  /** What feeds them, as soon as it is known; absent for account-wide services. */
  readonly mappings?: Promise<Part<EventSourceMapping>>;
}

export interface ServiceCollector<Name extends ServiceName = ServiceName> extends CollectorMeta {
  readonly name: Name;
  /** Account-wide services are read once, from the home Region, as Region `global`. */
  readonly scope: "region" | "account";
  /**
   * Reads the service, and keeps of its answers what is used: plain data that JSON carries unchanged, no secret in it.
   * Never throws for what AWS refuses: that is coverage (use collectPart).
   */
  collect(context: ServiceContext): Promise<Part<ServiceAnswers[Name]>>;
}

export type ServiceParts = CollectedRegion["services"];

/** What the services of a Region, or of the account, answered. */
export interface Inventory {
  readonly parts: ServiceParts;
  /** Everything that they listed: what others ask about next. */
  readonly resources: readonly Resource[];
}
