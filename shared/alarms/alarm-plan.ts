/** Which alarms there should be, and what has to be done for it. Pure. */
import { perAlarmMonth } from "../data/prices.ts";
import { dayOf } from "../model/day.ts";
import type { FunctionFacts } from "../model/document.ts";
import { type DurationAlarm, everyFunction } from "../model/duration-alarm.ts";
import { misfitOf, muteReasonOf } from "./alarm-fit.ts";
import { alarmQuietDays, configHash, criticalThresholdMs, type WantedAlarm, wantedAlarms } from "./alarm-shape.ts";

export interface AlarmSettings {
  /** Functions that may have alarms of ours. */
  readonly maxFunctions: number;
  /** A timeout that changed within these days is watched. */
  readonly recentDays: number;
  /** An alarm that is no longer wanted goes after this many days without a change of its state. */
  readonly quietDays: number;
}

export const defaultAlarmSettings: AlarmSettings = { maxFunctions: 50, recentDays: 30, quietDays: alarmQuietDays };

/** An alarm that carries our tag, with the tag's value. */
export interface OwnAlarm {
  readonly alarm: DurationAlarm;
  readonly hash: string;
}

export interface AlarmQuestion {
  readonly functions: readonly FunctionFacts[];
  /** Regions whose functions were all read: only there may one that is missing be taken for gone. */
  readonly completeRegions: ReadonlySet<string>;
  readonly own: readonly OwnAlarm[];
  /** Everybody else's, those that only bear a name like ours among them. */
  readonly foreign: readonly DurationAlarm[];
  /** Region -> ARN of the topic there: an alarm can only publish within its Region. */
  readonly topics: ReadonlyMap<string, string>;
  readonly settings: AlarmSettings;
  readonly now: Date;
}

export interface Put {
  readonly alarm: WantedAlarm;
  /** It is there already, as something else. */
  readonly replaces: boolean;
  readonly why: string;
}

export interface Removal {
  readonly alarm: DurationAlarm;
  readonly why: string;
}

export interface Skipped {
  readonly region: string;
  readonly functionName: string;
  readonly why: string;
}

export interface AlarmPlan {
  readonly put: readonly Put[];
  readonly remove: readonly Removal[];
  readonly keep: readonly DurationAlarm[];
  readonly skipped: readonly Skipped[];
  /** Of all our alarms once the plan is carried out, without free tiers. */
  readonly monthlyUsd: number;
}

interface Judged {
  readonly facts: FunctionFacts;
  readonly own: readonly OwnAlarm[];
  readonly wanted: readonly WantedAlarm[];
  /** Why `wanted` is empty. */
  readonly why?: string;
  /** What is there stays for now: nothing can be told, or the quiet days are not over. */
  readonly hold: boolean;
  readonly silent?: boolean;
}

export function planAlarms(question: AlarmQuestion): AlarmPlan {
  const ownBy = Map.groupBy(question.own, ({ alarm }) => keyOf(alarm.region, alarm.functionName));
  const foreignBy = Map.groupBy(question.foreign, ({ region, functionName }) => keyOf(region, functionName));
  const judged = question.functions.map((facts) => {
    const key = keyOf(facts.region, facts.name);
    const foreign = [...(foreignBy.get(key) ?? []), ...(foreignBy.get(keyOf(facts.region, everyFunction)) ?? [])];
    return judge(facts, ownBy.get(key) ?? [], foreign, question);
  });
  const { chosen, left } = capped(judged, question.settings.maxFunctions);
  const put = chosen.flatMap(putsOf);
  const remove = [...[...chosen, ...left].flatMap((one) => removalsOf(one, question)), ...gone(question)];
  const going = new Set([
    ...remove.map(({ alarm }) => alarm.arn),
    ...put.filter(({ replaces }) => replaces).map((one) => arnOf(one, question)),
  ]);
  const keep = question.own.map(({ alarm }) => alarm).filter(({ arn }) => !going.has(arn));
  const skipped = [...judged, ...left].flatMap(({ facts, why, silent }) =>
    why === undefined || silent ? [] : [{ region: facts.region, functionName: facts.name, why }],
  );
  return { put, remove, keep, skipped, monthlyUsd: Math.round((put.length + keep.length) * perAlarmMonth * 100) / 100 };
}

/** True for a function that may come close to its timeout: tight, or with a timeout that nobody has seen proven yet. */
export function isWatched({ timeout, timeoutChange }: FunctionFacts, recentDays: number, now: Date): boolean {
  return timeout.verdict === "tight" || (timeoutChange !== undefined && dayOf(now) - dayOf(timeoutChange.at) <= recentDays);
}

function judge(facts: FunctionFacts, own: readonly OwnAlarm[], foreign: readonly DurationAlarm[], question: AlarmQuestion): Judged {
  const { topics, settings, now } = question;
  const none = (why: string, more: Partial<Judged> = {}): Judged => ({ facts, own, wanted: [], why, hold: false, ...more });
  if (facts.timeout.verdict === "unknown")
    return none(facts.timeout.why ?? "its usage could not be read", { hold: true, silent: own.length === 0 });
  if (facts.ignored !== undefined) return none(`it is to be ignored (${facts.ignored})`, { silent: own.length === 0 });
  const { longestMs } = facts.duration;
  const watched = isWatched(facts, settings.recentDays, now);
  if (longestMs !== undefined && longestMs >= criticalThresholdMs(facts.timeoutSeconds)) {
    const why = "its longest run is above 90 % of its timeout already: the finding is the message, raise the timeout";
    return none(why, { silent: !watched && own.length === 0 });
  }
  if (!watched) return none("it is neither tight nor was its timeout changed lately", { hold: true, silent: true });
  if (longestMs === undefined) return none("no run of it was seen", { hold: true });
  const fitting = foreign.find((alarm) => muteReasonOf(alarm) === undefined && (alarm.computed || misfitOf(alarm, facts) === undefined));
  if (fitting) return none(`the alarm ${fitting.name}, which is not ours, watches it`);
  const topicArn = topics.get(facts.region);
  if (topicArn === undefined) return none(`there is no topic in ${facts.region} that an alarm could publish to`, { hold: true });
  const wanted = wantedAlarms(facts, topicArn);
  const taken = wanted.find(({ name }) => foreign.some((alarm) => alarm.name === name));
  return taken ? none(`an alarm that is not ours is called ${taken.name}`, { hold: true }) : { facts, own, wanted, hold: false };
}

/** At most so many functions: those that have alarms first, so that the choice is stable, then those with the least room. */
function capped(judged: readonly Judged[], most: number): { chosen: Judged[]; left: Judged[] } {
  const held = judged.filter(({ wanted, own, hold }) => wanted.length === 0 && own.length > 0 && hold).length;
  const wanting = judged
    .filter(({ wanted }) => wanted.length > 0)
    .sort((a, b) => Number(b.own.length > 0) - Number(a.own.length > 0) || roomOf(a) - roomOf(b) || (a.facts.arn < b.facts.arn ? -1 : 1));
  const room = Math.max(0, most - held);
  const over = wanting
    .slice(room)
    .map((one): Judged => ({ ...one, wanted: [], why: `${most} functions have alarms already: the most allowed` }));
  return { chosen: [...wanting.slice(0, room), ...judged.filter(({ wanted }) => wanted.length === 0)], left: over };
}

function roomOf({ facts }: Judged): number {
  return facts.timeout.headroom ?? 1;
}

function putsOf({ own, wanted }: Judged): Put[] {
  return wanted.flatMap((alarm): Put[] => {
    const there = own.find((one) => one.alarm.name === alarm.name);
    if (!there) return [{ alarm, replaces: false, why: "new" }];
    const actual = configHash(there.alarm);
    if (actual === alarm.hash && there.hash === alarm.hash) return [];
    const byHand = there.hash === alarm.hash;
    return [{ alarm, replaces: true, why: byHand ? "somebody changed it" : "timeout, longest run or topic changed" }];
  });
}

function removalsOf({ facts, own, wanted, why, hold }: Judged, { settings, now }: AlarmQuestion): Removal[] {
  const names = new Set(wanted.map(({ name }) => name));
  const superfluous = own.filter(({ alarm }) => !names.has(alarm.name)).map(({ alarm }) => alarm);
  if (wanted.length > 0) return superfluous.map((alarm) => ({ alarm, why: "its threshold would lie above 90 % of the timeout" }));
  if (!hold) return superfluous.map((alarm) => ({ alarm, why: why ?? "" }));
  const mayGo = facts.timeout.verdict !== "unknown" && !isWatched(facts, settings.recentDays, now);
  return mayGo
    ? superfluous.filter((alarm) => isQuiet(alarm, settings, now)).map((alarm) => ({ alarm, why: `${settings.quietDays} quiet days` }))
    : [];
}

/** It has not gone off, and nobody touched it, for so long. */
function isQuiet({ state, changedAt }: DurationAlarm, { quietDays }: AlarmSettings, now: Date): boolean {
  return state !== "ALARM" && (changedAt === undefined || dayOf(now) - dayOf(changedAt) >= quietDays);
}

function gone({ own, functions, completeRegions }: AlarmQuestion): Removal[] {
  const there = new Set(functions.map(({ region, name }) => keyOf(region, name)));
  return own.flatMap(({ alarm }) => {
    const isGone = completeRegions.has(alarm.region) && !there.has(keyOf(alarm.region, alarm.functionName));
    return isGone ? [{ alarm, why: "its function is gone" }] : [];
  });
}

function arnOf({ alarm }: Put, { own }: AlarmQuestion): string | undefined {
  return own.find((one) => one.alarm.name === alarm.name && one.alarm.region === alarm.region)?.alarm.arn;
}

function keyOf(region: string, functionName: string): string {
  return `${region}|${functionName}`;
}
