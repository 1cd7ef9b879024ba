/**
 * What functions asked of AWS by their roles: CloudTrail's event history by the session's name, which for a function is its name. So use is
 * told apart by function even where they share a role. Free; 90 days, management events only, two questions a second: a function is asked
 * about once in two weeks, and every day in the month after it got another role, for then a permission may be missing.
 */
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { pages } from "../../aws/paginate.ts";
import { sessionCall } from "../../aws/session-event.ts";
import { dayMs, dayOf } from "../../model/day.ts";
import type { FunctionCalls, LoggedCall } from "../../model/role-use.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { turnOf } from "../contract/turns.ts";

const kind = "function-calls";
const everyDays = 14;
/** After a change of the role, it is asked about daily for so long. */
const watchDays = 30;
/** At about one and a half a second, a minute of the scan. */
const firstReadsAtMost = 90;
const historyDays = 90;
/** Events arrive about five minutes after the fact, seldom a quarter of an hour. */
const arrivalMs = 20 * 60_000;
const pagesAtMost = 2;

interface Kept {
  readonly calls: readonly LoggedCall[];
  readonly until: string;
}

/** Since when a function has the role that it has now. ISO 8601; absent: since before we looked. */
interface RoleSince {
  readonly roleArn: string;
  readonly since?: string;
}

export const functionCallsCollector: ServiceCollector<"function-calls"> = {
  name: kind,
  scope: "region",
  readerVersion: 1,
  actions: ["cloudtrail:LookupEvents"],
  reads:
    "of functions, every two weeks and daily after a change of the role: which operations their sessions asked for, and which were refused",
  collect(context) {
    return collectPart<FunctionCalls>(kind, context.region, async (sink) => {
      const { rotation, functions, now } = context;
      const today = dayOf(now);
      let first = 0;
      const asked = functions.flatMap((f) => {
        const isNew = rotation.remembered(kind, f.arn) === undefined;
        if (isNew) first += 1;
        const watched = hasNewRole(context, f);
        // those that were never asked about come in turn: nothing is concluded of who has not been
        return isNew && first > firstReadsAtMost ? [] : [{ key: f.arn, fingerprint: dueText(f, today, watched), settled: true }];
      });
      const byArn = new Map(functions.map((f) => [f.arn, f]));
      const answers = await rotation.read<Kept>(kind, asked, (arn) => callsOf(context, byArn.get(arn)?.name ?? "", arn), sink.miss);
      for (const [functionArn, { value, readAt }] of answers) sink.push({ functionArn, calls: value.calls, readAt });
    });
  },
};

/** Remembers since when the function has its role; true in the month after it changed. */
function hasNewRole({ rotation, now }: CollectContext, { arn, roleArn }: FunctionConfiguration): boolean {
  const before = rotation.remembered<RoleSince>("function-role", arn)?.value;
  const since = before && before.roleArn !== roleArn ? now.toISOString() : before?.since;
  rotation.remember("function-role", arn, { roleArn, ...(since ? { since } : {}) } satisfies RoleSince, now.toISOString());
  return since !== undefined && now.getTime() - Date.parse(since) < watchDays * dayMs;
}

/** Another text when it is time to ask again. */
function dueText({ arn, roleArn }: FunctionConfiguration, today: number, watched: boolean): string {
  return watched ? `${roleArn} ${today}` : `${roleArn} turn ${turnOf(arn, today, everyDays)}`;
}

async function callsOf({ clients, region, now, rotation }: CollectContext, name: string, arn: string): Promise<Kept> {
  const before = rotation.remembered<Kept>(kind, arn)?.value;
  const oldest = now.getTime() - historyDays * dayMs;
  const StartTime = new Date(Math.max(oldest, before ? Date.parse(before.until) - arrivalMs : 0));
  const LookupAttributes = [{ AttributeKey: "Username" as const, AttributeValue: name }];
  const found: LoggedCall[] = [];
  let left = pagesAtMost;
  const list = pages(
    (NextToken) =>
      clients
        .cloudtrail(region)
        .send(new LookupEventsCommand({ LookupAttributes, StartTime, MaxResults: 50, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    found.push(...(page.Events ?? []).flatMap((event) => sessionCall(event) ?? []));
    left -= 1;
    // newest first: what is older than this says little
    if (left === 0) break;
  }
  const recent = (before?.calls ?? []).filter(({ at }) => Date.parse(at) >= oldest);
  return { calls: newestOfEach([...found, ...recent]), until: now.toISOString() };
}

/** Of each operation by each role, allowed and refused apart, the newest. */
function newestOfEach(calls: readonly LoggedCall[]): LoggedCall[] {
  const newest = new Map<string, LoggedCall>();
  for (const call of calls) {
    const key = `${call.roleArn} ${call.service}:${call.operation} ${call.denied?.action ?? ""} ${call.denied?.resource ?? ""}`;
    if (call.at > (newest.get(key)?.at ?? "")) newest.set(key, call);
  }
  return [...newest.values()].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, callsKept);
}

const callsKept = 200;
