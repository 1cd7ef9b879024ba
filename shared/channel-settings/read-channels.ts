/** Reads `channels` and `routes` of the settings: one line for each mistake, saying where it is and what is right. */
import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";
import { cleanText } from "../model/plain-text.ts";
import type { Route } from "../model/route.ts";
import { type ChannelSettings, channelKinds, kindNames, mistakeTogether } from "./kinds.ts";
import { globPattern, routeEntries } from "./routes.ts";

export interface ChannelsAndRoutes {
  /** By name, in the order of the file. Absent: the settings name none, and everything goes the one way there is. */
  readonly channels?: Readonly<Record<string, ChannelSettings>>;
  /** Absent: every finding goes to every channel. */
  readonly routes?: readonly Route[];
}

export interface ReadResult extends ChannelsAndRoutes {
  /** A line each, without the file's name; nothing else is of use where there is one. */
  readonly mistakes: readonly string[];
}

/** It becomes part of what is stored of each finding, and of commands. */
const channelName = /^[A-Za-z][\w-]{0,39}$/;

/** @param ruleIds of all rules: a route for rules that do not exist would match nothing for ever */
export function readChannels(channels: unknown, routes: unknown, ruleIds: readonly string[]): ReadResult {
  const read = channels === undefined ? { mistakes: [] } : allChannels(channels);
  const known = isObject(channels) ? Object.keys(channels) : [];
  const way = routes === undefined ? { mistakes: [] } : allRoutes(routes, known, ruleIds);
  return { ...read, ...way, mistakes: [...read.mistakes, ...way.mistakes] };
}

function allChannels(json: unknown): ReadResult {
  if (!isObject(json))
    return { mistakes: ['channels: must be an object such as {"chat": {"kind": "slack", "webhook": "ssm:/smalltarget/slack"}}'] };
  if (Object.keys(json).length === 0)
    return {
      mistakes: [
        "channels: an empty object would tell nobody anything: name a channel, or leave it out and use the topic of the stack or --notify",
      ],
    };
  const read = Object.entries(json).map(([name, options]) => [name, oneChannel(name, options)] as const);
  const mistakes = read.flatMap(([, { mistakes }]) => mistakes);
  return { channels: Object.fromEntries(read.flatMap(([name, { channel }]) => (channel ? [[name, channel]] : []))), mistakes };
}

function oneChannel(name: string, json: unknown): { readonly channel?: ChannelSettings; readonly mistakes: readonly string[] } {
  const where = channelName.test(name) ? `channels.${name}` : `channels[${JSON.stringify(cleanText(name, 60))}]`;
  const own = channelName.test(name)
    ? []
    : [
        `channels: ${JSON.stringify(cleanText(name, 60))} cannot be the name of a channel: a letter, then letters, digits, - and _, at most 40`,
      ];
  if (!isObject(json)) return { mistakes: [...own, `${where}: must be an object with a "kind": ${kindNames.join(", ")}`] };
  const { kind, ...options } = json;
  if (kind === undefined) return { mistakes: [...own, `${where}: "kind" is missing: it is one of ${kindNames.join(", ")}`] };
  const known = kindNames.find((one) => one === kind);
  if (known === undefined) {
    const meant = typeof kind === "string" ? `; did you mean ${JSON.stringify(closest(kind, [...kindNames]))}?` : ".";
    return { mistakes: [...own, `${where}.kind: there is no such kind of channel${meant} There are ${kindNames.join(", ")}`] };
  }
  const entries: v.ObjectEntries = channelKinds[known];
  const parsed = v.safeParse(v.strictObject(entries), options);
  if (!parsed.success) return { mistakes: [...own, ...mistakesIn(where, entries, parsed.issues)] };
  const channel = { kind: known, ...parsed.output } as ChannelSettings;
  const together = mistakeTogether(channel);
  return { channel, mistakes: together === undefined ? own : [...own, `${where}: ${together}`] };
}

function allRoutes(json: unknown, channels: readonly string[], ruleIds: readonly string[]): ReadResult {
  const example = '[{"teams": ["payments"], "minSeverity": "HIGH", "channels": ["chat"]}]';
  if (!Array.isArray(json)) return { mistakes: [`routes: must be a list such as ${example}`] };
  if (json.length === 0)
    return { mistakes: ["routes: an empty list would tell nobody anything: leave it out, and everything goes to every channel"] };
  const read = json.map((route, index) => oneRoute(`routes.${index}`, route, channels, ruleIds));
  return { routes: read.flatMap(({ route }) => (route ? [route] : [])), mistakes: read.flatMap(({ mistakes }) => mistakes) };
}

function oneRoute(where: string, json: unknown, channels: readonly string[], ruleIds: readonly string[]) {
  if (!isObject(json)) return { mistakes: [`${where}: must be an object with "channels"`] };
  // one value where a list of one is meant
  const given = typeof json.env === "string" ? { ...json, env: [json.env] } : json;
  const parsed = v.safeParse(v.strictObject(routeEntries), given);
  const mistakes = [
    ...(parsed.success ? [] : mistakesIn(where, routeEntries, parsed.issues)),
    ...textsIn(given.channels)
      .filter((name) => !channels.includes(name))
      .map(
        (name) =>
          `${where}.channels: there is no channel ${JSON.stringify(name)}${didYouMean(name, channels) || ': the settings name none under "channels"'}`,
      ),
    ...["teams", "env"].flatMap((key) =>
      textsIn(given[key])
        .filter((name) => name.startsWith("!"))
        .map(
          (name) =>
            `${where}.${key}: there is no "not", which ${JSON.stringify(cleanText(name, 60))} seems to mean: name those that the route is for`,
        ),
    ),
    ...textsIn(given.rules)
      .filter((glob) => !ruleIds.some((id) => globPattern(glob).test(id)))
      .map((glob) => `${where}.rules: no rule is called ${JSON.stringify(glob)}${didYouMean(glob, [...groupsOf(ruleIds), ...ruleIds])}`),
  ];
  return mistakes.length > 0 || !parsed.success ? { mistakes } : { route: parsed.output as Route, mistakes };
}

/** `lambda/*` and its like. */
function groupsOf(ruleIds: readonly string[]): string[] {
  return [...new Set(ruleIds.map((id) => id.replace(/[^/]*$/, "*")))];
}

function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
}

function mistakesIn(where: string, entries: v.ObjectEntries, issues: readonly v.BaseIssue<unknown>[]): string[] {
  const misspelt = new Set(
    issues.flatMap(({ expected, path }) => (expected === "never" ? [closest(String(path?.[0]?.key), Object.keys(entries))] : [])),
  );
  // a key that is misspelt is said once, not as missing too
  const isSaid = ({ type, received, path }: v.BaseIssue<unknown>) =>
    type === "strict_object" && received === "undefined" && path?.length === 1 && misspelt.has(String(path[0]?.key));
  return issues
    .filter((issue) => !isSaid(issue))
    .map((issue) => {
      const [first, ...rest] = (issue.path ?? []).map(({ key }) => String(key));
      const path = [where, first, ...rest].join(".");
      // strictObject reports the unknown key as "expected never", the missing one by its name
      if (issue.expected === "never")
        return `${where}: unknown key ${JSON.stringify(first)}${didYouMean(first ?? "", Object.keys(entries))}`;
      if (issue.type === "strict_object" && rest.length === 0 && first !== undefined && issue.received === "undefined") {
        const wanted = entries[first] && v.getDescription(entries[first]);
        return `${where}: ${JSON.stringify(first)} is missing${wanted ? `: it is ${wanted}` : ""}`;
      }
      return `${path}: ${issue.message}`;
    });
}

/** Where a guess would be far off, so many are named instead. */
const namedAtMost = 20;

/** The nearest of those that are known, or all of them: a guess that is far off sends people the wrong way. */
function didYouMean(name: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const best = closest(name, [...known]);
  const isNear = distance(name, best) * 2 <= Math.max(name.length, best.length);
  if (isNear) return `; did you mean ${JSON.stringify(best)}?`;
  return known.length > namedAtMost ? "" : `; there ${known.length === 1 ? "is" : "are"} ${known.join(", ")}`;
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
