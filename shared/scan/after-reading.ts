/** What the coverage of a Region says when it is looked at as a whole, before anything is kept of it. */
import type { Clients } from "../aws/clients.ts";
import { hasCredentialsCode, isExpiredCode, markOperation } from "../aws/errors.ts";
import { identify } from "../collect/account/account.ts";
import type { Coverage, Part } from "../model/coverage.ts";
import type { CollectedRegion } from "../model/snapshot.ts";

/**
 * Ends the scan when its credentials ended under way: what AWS refused then says nothing about the account. A Region that refuses a
 * token which is good elsewhere is only a Region that could not be read.
 * @throws the error of the credentials, by AWS's code
 */
export async function requireCredentials(snapshot: CollectedRegion, clients: Clients, homeRegion: string): Promise<void> {
  const refused = partsOf(snapshot)
    .map(({ coverage }) => coverage)
    .filter(({ code = "" }) => hasCredentialsCode(code));
  const expired = refused.find(({ code = "" }) => isExpiredCode(code));
  if (expired) throw errorOf(expired);
  if (refused.length > 0) await identify(clients, homeRegion);
}

function errorOf({ code = "", message = "", operation }: Coverage): Error {
  const error = Object.assign(new Error(message), { name: code });
  if (operation) markOperation(error, operation);
  return error;
}

/**
 * A service whose host does not exist, in a Region where another service answers, is one that the Region does not have. Lambda is
 * everywhere: its answer tells that names are resolved at all.
 */
export function withoutMissingServices(snapshot: CollectedRegion): CollectedRegion {
  const { functions } = snapshot;
  if (functions.coverage.code === unknownHost || functions.coverage.status === "failed") return snapshot;
  const judged = <P extends Part<unknown>>(part: P): P =>
    part.coverage.status === "failed" && part.coverage.code === unknownHost
      ? { ...part, coverage: { ...part.coverage, status: "unsupported" } }
      : part;
  const services = Object.entries(snapshot.services).map(([name, part]) => [name, judged(part)]);
  const { region, asked, services: _, ...parts } = snapshot;
  const others = Object.entries(parts).map(([name, part]) => [name, judged(part)]);
  return { region, asked, ...Object.fromEntries(others), services: Object.fromEntries(services) };
}

const unknownHost = "ENOTFOUND";

function partsOf({ region: _region, asked: _asked, services, ...parts }: CollectedRegion): Part<unknown>[] {
  return [...Object.values(parts), ...Object.values(services)];
}
