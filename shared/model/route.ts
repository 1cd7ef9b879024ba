/** Where findings go: each to the channels of every route that matches. */
import type { Severity } from "./finding.ts";

/** What is absent matches every finding. In teams, envs and rules `*` stands for any characters, `?` for one. */
export interface Route {
  readonly teams?: readonly string[];
  readonly env?: readonly string[];
  readonly rules?: readonly string[];
  readonly minSeverity?: Severity;
  readonly channels: readonly string[];
}
