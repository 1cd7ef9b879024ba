/** The scan lock, prolonged at the start of every step. */

import type { ScanPlan } from "./scan-plan.ts";
import type { Watchdog } from "./watchdog.ts";

/** The lock ran out and another scan took it: this one must not write any more. */
export class LockLostError extends Error {
  override readonly name = "LockLostError";
}

/** @throws LockLostError when another scan has taken over */
export async function keepLock(
  { store, leaseSeconds }: Pick<Watchdog, "store" | "leaseSeconds">,
  { account, scanId }: ScanPlan,
): Promise<void> {
  if (await store.renewLock(account, scanId, leaseSeconds)) return;
  throw new LockLostError(`scan ${scanId} took so long that its lock ran out and another scan began; it ends here, the other one goes on`);
}
