/** What is known of functions as soon as their configuration and metrics are read: before triggers, roles and other Regions are. */
import type { FunctionConfiguration, FunctionUsage } from "./snapshot.ts";
import type { DurationFacts, LastInvocation } from "./usage.ts";

/** The functions of one Region, as far as they are read. */
export interface EarlyFunctions {
  readonly region: string;
  /** Time of the scan. */
  readonly at: Date;
  readonly functions: readonly FunctionConfiguration[];
  readonly usage: readonly FunctionUsage[];
  /** False where the list of functions has a gap. */
  readonly complete: boolean;
}

/** Nothing here is a verdict: what is read later may say that a function ran elsewhere, or that its callers wait less. */
export interface EarlyFacts {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly lastInvocation: LastInvocation;
  readonly duration: DurationFacts;
}
