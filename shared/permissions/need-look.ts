/** What is known where a need is read from code or settings. */
import type { Environment, Place } from "./need-request.ts";

/** How a resource's data are encrypted. `keyArn`: where the account says which key it is. */
export interface Encryption {
  readonly atRest: "customer-key" | "other" | "unknown";
  readonly keyArn?: string;
}

/** How the code is looked at. */
export interface Look {
  readonly place: Place;
  readonly environment: Environment;
  /** How resources are encrypted, of a pattern all that the account has; undefined where it knows none. Absent before deployment. */
  readonly encryption?: (pattern: string) => Encryption | undefined;
  readonly source: "code" | "layer";
}
