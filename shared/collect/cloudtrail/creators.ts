/** Who created what, from CloudTrail's event history: asked only for types of which a resource came or went since the last scan. */
import { createHash } from "node:crypto";
import { nameIn } from "../../aws/logged-event.ts";
import { creationEvents } from "../../data/write-events.ts";
import type { CreatorAnswer } from "../../describe/services/event-history.ts";
import type { Part } from "../../model/coverage.ts";
import type { Resource } from "../../model/graph.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";

export const eventHistoryCollector = {
  name: "event-history",
  readerVersion: 1,
  actions: ["cloudtrail:LookupEvents"],
  reads:
    "since the last scan: names of resources that were written to, as a reason to read them again; the person who created a new resource",
} as const;

type Creation = NonNullable<Resource["createdBy"]>;

interface Known {
  /** Of the ARNs of the type: another digest means that one came or went. */
  readonly digest: string;
  readonly until?: string;
  readonly creators: Readonly<Record<string, Creation>>;
}

type Listed = Pick<Resource, "arn" | "type" | "name" | "region" | "createdAt">;

const kind = "creators";
/** The newest events: who created something is worth no more. */
const pagesAtMost = 6;

/**
 * Answers that complete `resources` by who created them. Runs last: its coverage says how the event history answered in the whole Region.
 * @param areAll false: some could not be listed, and their creators, whom the history may have forgotten, are remembered
 */
export function collectCreators(context: CollectContext, resources: readonly Listed[], areAll: boolean): Promise<Part<CreatorAnswer>> {
  return collectPart("event-history", context.region, async (sink) => {
    const byType = Map.groupBy(
      resources.filter(({ type, region }) => creationEvents[type] && /^[a-z]+-[a-z-]+-\d+$/.test(region)),
      ({ type, region }) => `${region}|${type}`,
    );
    if (!areAll) for (const key of context.rotation.rememberedKeys(kind)) if (!byType.has(key)) keepAsItIs(context, key);
    for (const [key, ofType] of byType) {
      const creators = await creatorsOf(context, key, ofType, areAll);
      for (const { arn, type, name, region } of ofType) {
        const createdBy = creators[arn];
        if (createdBy) sink.push({ arn, type, name, region, createdBy });
      }
    }
    for (const failure of context.history.failures) sink.miss(failure);
  });
}

/** None of the type was listed, and they may be there. */
function keepAsItIs({ rotation }: CollectContext, key: string): void {
  const before = rotation.remembered<Known>(kind, key);
  if (before) rotation.remember(kind, key, { ...before.value, digest: "" } satisfies Known, before.readAt);
}

async function creatorsOf(context: CollectContext, key: string, resources: readonly Listed[], areAll: boolean): Promise<Known["creators"]> {
  const { rotation, now } = context;
  const before = rotation.remembered<Known>(kind, key)?.value;
  const digest = createHash("sha256")
    .update(
      resources
        .map(({ arn, createdAt = "" }) => `${arn} ${createdAt}`)
        .sort()
        .join("\n"),
    )
    .digest("base64url");
  const keep = (known: Known) => rotation.remember(kind, key, known, now.toISOString());
  if (before?.digest === digest) {
    keep({ ...before, until: now.toISOString() });
    return before.creators;
  }
  const creators = new Map<string, Creation>(areAll ? [] : Object.entries(before?.creators ?? {}));
  for (const { arn } of resources) if (before?.creators[arn]) creators.set(arn, before.creators[arn]);
  let failed = false;
  try {
    await addNew(context, key, resources, before?.until, creators);
  } catch {
    // among the failures of the history; asked again by the next scan
    failed = true;
  }
  const until = failed ? before?.until : now.toISOString();
  keep({ digest: failed ? "" : digest, ...(until ? { until } : {}), creators: Object.fromEntries(creators) });
  return Object.fromEntries(creators);
}

async function addNew(
  { history }: CollectContext,
  key: string,
  resources: readonly Listed[],
  from: string | undefined,
  creators: Map<string, Creation>,
): Promise<void> {
  const [region = "", type = ""] = key.split("|");
  const asked = creationEvents[type];
  const byName = Map.groupBy(resources, ({ arn, name }) => nameIn(type === "AWS::SecretsManager::Secret" ? name : arn));
  for (const name of asked?.names ?? []) {
    const { events } = await history.ask(region, name, from, pagesAtMost);
    for (const { source, at, names, person } of events.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
      if (source !== asked?.source) continue;
      for (const { arn } of names.flatMap((one) => byName.get(one) ?? [])) {
        if (at <= (creators.get(arn)?.at ?? "")) continue;
        // made anew by a deployment: whoever made the one before owns nothing of it
        if (person) creators.set(arn, { name: person, at });
        else creators.delete(arn);
      }
    }
  }
}
