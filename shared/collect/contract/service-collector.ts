/** What a collector of one AWS service is: it keeps answers, which describe/services describes when they are judged. */
import type { ServiceAnswers } from "../../describe/services/services.ts";
import type { Part } from "../../model/coverage.ts";
import type { ServiceName } from "../../model/graph.ts";
import type { EventSourceMapping, FunctionConfiguration } from "../../model/snapshot.ts";
import type { CollectContext } from "./collector.ts";

export interface ServiceContext extends CollectContext {
  /** Functions of the Region; none for account-wide services. */
  readonly functions: readonly FunctionConfiguration[];
  /** What feeds them, as soon as it is known; absent for account-wide services. */
  readonly mappings?: Promise<Part<EventSourceMapping>>;
}

export interface ServiceCollector<Name extends ServiceName = ServiceName> {
  readonly name: Name;
  /** Account-wide services are read once, from the home Region, as Region `global`. */
  readonly scope: "region" | "account";
  /** As CollectorMeta. */
  readonly readerVersion: number;
  /** IAM actions it uses. */
  readonly actions: readonly string[];
  /** One line for docs/permissions.md. */
  readonly reads: string;
  /**
   * Reads the service, and keeps of its answers what is used: plain data that JSON carries unchanged, no secret in it.
   * Never throws for what AWS refuses: that is coverage (use collectPart).
   */
  collect(context: ServiceContext): Promise<Part<ServiceAnswers[Name]>>;
}
