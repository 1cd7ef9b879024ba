/** Published versions behind aliases, as the answers about a function tell them, and the one that runs. Pure. */
import { isComplete } from "../model/coverage.ts";
import type { Resource } from "../model/graph.ts";
import type { BehindAlias, PublishedVersion, PublishedVersions } from "../model/published-version.ts";
import type { FunctionConfiguration, RegionSnapshot } from "../model/snapshot.ts";
import { cutOffFromMs } from "./timeout-evidence.ts";

const none: PublishedVersions = { versions: [] };

/** Answers for each function of the Region, by its ARN. */
export function publishedVersions({ services }: RegionSnapshot): (functionArn: string) => PublishedVersions {
  const part = services["lambda-access"];
  if (!part) return () => ({ versions: [], unread: "its aliases were not asked for", notAsked: true });
  const found = new Map<string, { versions: PublishedVersion[]; unread?: string }>();
  const of = (arn: string) => {
    const known = found.get(arn) ?? { versions: [] };
    found.set(arn, known);
    return known;
  };
  for (const { resource } of part.items) {
    if (resource?.type === "AWS::Lambda::Version") {
      const { functionArn, version } = toVersion(resource);
      of(functionArn).versions.push(version);
    }
    if (resource?.type === "AWS::Lambda::Function") {
      const unread = listIn(resource, "unread").find((one) => one === "aliases" || one.startsWith("version "));
      const known = of(resource.arn);
      if (unread)
        known.unread = unread === "aliases" ? "its aliases could not be read" : `${unread}, to which an alias leads, could not be read`;
    }
  }
  const missing: PublishedVersions = isComplete(part) ? none : { versions: [], unread: "its aliases could not be read" };
  return (arn) => found.get(arn) ?? missing;
}

function toVersion(resource: Resource): { functionArn: string; version: PublishedVersion } {
  const { functionArn, version, runtime, handler, timeoutSeconds, codeSha256 } = resource.details ?? {};
  const layers = listIn(resource, "layers");
  return {
    functionArn: String(functionArn),
    version: {
      version: String(version),
      aliases: listIn(resource, "aliases"),
      ...(typeof runtime === "string" ? { runtime } : {}),
      ...(typeof handler === "string" ? { handler } : {}),
      timeoutSeconds: Number(timeoutSeconds),
      ...(typeof codeSha256 === "string" ? { codeSha256 } : {}),
      ...(layers.length > 0 ? { layers } : {}),
    },
  };
}

/**
 * The version whose timeout cuts runs off, where that is not the function's own: callers of an alias get what it leads to. Runs that were longer than
 * that version lets them be were calls of the function itself, and then its own timeout is the one to look at.
 * `unclear` where aliases lead to versions with several timeouts, and none is the one for all.
 * @param longestMs the longest run known; absent where none is
 */
export function runningVersion(
  { timeoutSeconds }: Pick<FunctionConfiguration, "timeoutSeconds">,
  { versions }: PublishedVersions,
  longestMs: number | undefined,
): (BehindAlias & { readonly timeoutSeconds: number }) | "unclear" | undefined {
  const differing = versions.filter((one) => one.timeoutSeconds !== timeoutSeconds);
  const [first] = differing;
  if (!first) return undefined;
  const timeouts = new Set(versions.map((one) => one.timeoutSeconds));
  if (timeouts.size > 1) return "unclear";
  // a run that was cut off is a little longer than its timeout, one that was not cut off there is clearly longer
  if (
    longestMs !== undefined &&
    longestMs > first.timeoutSeconds * 1000 + overrunMs &&
    longestMs < cutOffFromMs(timeoutSeconds) + overrunMs
  )
    return undefined;
  const aliases = [...new Set(differing.flatMap((one) => one.aliases))].toSorted();
  return { version: first.version, aliases, latestTimeoutSeconds: timeoutSeconds, timeoutSeconds: first.timeoutSeconds };
}

/** Lambda stops a run up to this much after its timeout. */
const overrunMs = 250;

function listIn({ details }: Resource, name: string): readonly string[] {
  const value = details?.[name];
  return Array.isArray(value) ? value : [];
}
