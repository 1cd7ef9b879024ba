/**
 * CloudTrail's event history as a reason to read again. It is free, on in every account, goes back 90 days and holds management
 * events only; one event name a question, 2 questions a second and Region. So it is asked only about what is on the rotation,
 * and only for what is new since the last scan.
 */
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import type { Clients } from "../../aws/clients.ts";
import { statusOf } from "../../aws/errors.ts";
import { type LoggedEvent, loggedEvent, nameIn } from "../../aws/logged-event.ts";
import { pages } from "../../aws/paginate.ts";
import { writeEvents } from "../../data/write-events.ts";
import { type CachedReads, rememberedIn } from "./cached-reads.ts";
import { AskedOnce } from "./once.ts";
import { Rotation, type Writes } from "./rotation.ts";

/** How far back the history goes. */
const historyMs = 90 * 86_400_000;
/** Events arrive about five minutes after the fact, seldom a quarter of an hour. */
const arrivalMs = 20 * 60_000;
/** Fifty events a page; newest first. */
const mostPages = 20;

/** What was seen of one event name. Times are ISO 8601. */
interface Watch {
  /** From here to `until` every event of the name was seen. */
  readonly since: string;
  readonly until: string;
}

/** Kept between scans, by `REGION|EVENT NAME`. */
export type Watches = Readonly<Record<string, Watch>>;

interface Look {
  readonly events: readonly LoggedEvent[];
  /** Absent: could not be asked. */
  readonly since?: string;
}

export class EventHistory {
  /** Why something could not be asked. */
  readonly failures: unknown[] = [];
  readonly #clients: Clients;
  readonly #now: Date;
  readonly #before: Watches;
  readonly #watches: Record<string, Watch> = {};
  readonly #looks = new Map<string, Promise<Look>>();
  readonly #refusals = new Map<string, unknown>();

  constructor(clients: Clients, before: Watches, now: Date) {
    this.#clients = clients;
    this.#before = before;
    this.#now = now;
  }

  /** What to keep for the next scan. */
  get watches(): Watches {
    return this.#watches;
  }

  /** Writes, since the last scan, to what the rotation reads as `kind`, logged in `regions`. */
  async writesTo(kind: string, regions: readonly string[]): Promise<Writes> {
    const writes = writeEvents[kind];
    const latest = new Map<string, string>();
    const looks = await Promise.all(regions.flatMap((region) => (writes?.names ?? []).map((name) => this.#lookOnce(region, name))));
    for (const { source, at, names } of looks.flatMap(({ events }) => events)) {
      if (source !== writes?.source) continue;
      for (const name of names) if (at > (latest.get(name) ?? "")) latest.set(name, at);
    }
    const since = looks.map((look) => look.since);
    const seenSince = writes?.all && !since.includes(undefined) ? since.toSorted().at(-1) : undefined;
    return { writtenAt: (key) => latest.get(nameIn(key)), ...(seenSince ? { seenSince } : {}) };
  }

  /**
   * Events of `name` from `from` on, or as far as the history goes back; not `whole` where there are more than anybody reads.
   * @throws what CloudTrail answers
   */
  async ask(
    region: string,
    name: string,
    from: string | undefined,
    pagesAtMost = mostPages,
  ): Promise<{ readonly events: LoggedEvent[]; readonly whole: boolean }> {
    // one refusal, or a service that is broken, would answer all further questions alike
    if (this.#refusals.has(region)) throw this.#refusals.get(region);
    const oldest = this.#now.getTime() - historyMs;
    const StartTime = new Date(Math.max(oldest, from ? Date.parse(from) - arrivalMs : 0));
    const LookupAttributes = [{ AttributeKey: "EventName" as const, AttributeValue: name }];
    const events: LoggedEvent[] = [];
    let left = pagesAtMost;
    try {
      const list = pages(
        (NextToken) =>
          this.#clients
            .cloudtrail(region)
            .send(new LookupEventsCommand({ LookupAttributes, StartTime, MaxResults: 50, ...(NextToken ? { NextToken } : {}) })),
        (page) => page.NextToken,
      );
      for await (const page of list) {
        if (left === 0) return { events, whole: false };
        left -= 1;
        events.push(...(page.Events ?? []).flatMap((event) => loggedEvent(event) ?? []));
      }
      return { events, whole: true };
    } catch (error) {
      this.failures.push(error);
      if (statusOf(error) !== "throttled") this.#refusals.set(region, error);
      throw error;
    }
  }

  /** Several kinds are written by events of one name. */
  #lookOnce(region: string, name: string): Promise<Look> {
    const key = `${region}|${name}`;
    const known = this.#looks.get(key);
    if (known) return known;
    const look = this.#look(region, name, key);
    this.#looks.set(key, look);
    return look;
  }

  async #look(region: string, name: string, key: string): Promise<Look> {
    const before = this.#before[key];
    const until = this.#now.toISOString();
    if (!before || this.#now.getTime() - Date.parse(before.until) > historyMs - arrivalMs) {
      // nothing was read before this scan that could be told to be old: nothing to ask yet
      this.#watches[key] = { since: until, until };
      return { events: [], since: until };
    }
    try {
      const { events, whole } = await this.ask(region, name, before.until);
      // an event without names wrote to something, and we do not know to what
      const since = whole && events.every(({ names }) => names.length > 0) ? before.since : until;
      this.#watches[key] = { since, until };
      return { events, since };
    } catch {
      // it is among the failures; what happened meanwhile is asked for by the next scan
      this.#watches[key] = before;
      return { events: [] };
    }
  }
}

const kind = "event-history";
const key = "watches";

/** What earlier scans read in a Region, and the event history that says what of it is old. */
export interface Readings {
  readonly rotation: Rotation;
  readonly history: EventHistory;
  readonly once: AskedOnce;
  /** What to keep for the next scan. */
  kept(): CachedReads;
}

/** @param isOutOfTime true once no further read may be started */
export function readingsOf(clients: Clients, region: string, cached: CachedReads, now: Date, isOutOfTime?: () => boolean): Readings {
  const history = new EventHistory(clients, rememberedIn<Watches>(cached, kind, key)?.value ?? {}, now);
  const writesTo = (read: string, regions: readonly string[]) => history.writesTo(read, regions);
  const rotation = new Rotation(cached, now, region, { writesTo, ...(isOutOfTime ? { isOutOfTime } : {}) });
  const kept = () => {
    rotation.remember(kind, key, history.watches, now.toISOString());
    return rotation.kept;
  };
  return { rotation, history, once: new AskedOnce(), kept };
}
