/** What a collector of one AWS service is: it gives rows of the graph. */
import type { Part } from "../../model/coverage.ts";
import type { GraphRow, ServiceName } from "../../model/graph.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import type { CollectContext } from "../collector.ts";

export interface ServiceContext extends CollectContext {
  /** Functions of the Region; none for account-wide services. */
  readonly functions: readonly FunctionConfiguration[];
}

export interface ServiceCollector {
  readonly name: ServiceName;
  /** Account-wide services are read once, from the home Region, as Region `global`. */
  readonly scope: "region" | "account";
  /** IAM actions it uses. */
  readonly actions: readonly string[];
  /** One line for docs/permissions.md. */
  readonly reads: string;
  /** Reads the service. Never throws for what AWS refuses: that is coverage (use collectPart). */
  collect(context: ServiceContext): Promise<Part<GraphRow>>;
}
