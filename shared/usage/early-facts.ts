/** Last use and durations of functions of which nothing else is read yet. Pure. */
import type { EarlyFacts, EarlyFunctions } from "../model/early-functions.ts";
import { unpackDays } from "./daily-ring.ts";
import { timeoutOf } from "./function-timeout.ts";
import { lastInvocationOf } from "./last-invocation.ts";

/** In the order of the list. */
export function earlyFacts({ functions, usage, at }: Pick<EarlyFunctions, "functions" | "usage" | "at">): EarlyFacts[] {
  const byArn = new Map(usage.map((one) => [one.arn, one]));
  return functions.map((configuration) => {
    const used = byArn.get(configuration.arn);
    const days = used ? unpackDays(used.ledger.days) : [];
    const { duration } = timeoutOf({ configuration, used, callerLimitOf: () => undefined, now: at }, days);
    const { name, timeoutSeconds } = configuration;
    return { name, timeoutSeconds, lastInvocation: lastInvocationOf(configuration, used, undefined, undefined, at), duration };
  });
}
