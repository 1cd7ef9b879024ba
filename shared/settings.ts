/** What a person may set: thresholds of rules, tags that name team and environment, Regions to fall back to, channels and routes. */
import { closest } from "fastest-levenshtein";
import * as v from "valibot";
import { type AdvisorySettings, advisorySchema, advisorySettingNames } from "./advisory-settings.ts";
import { entries as digestEntries, timingOf } from "./channel-settings/digest.ts";
import { type ChannelsAndRoutes, readChannels } from "./channel-settings/read-channels.ts";
import type { DigestTiming } from "./model/digest-timing.ts";
import { isRegionName } from "./model/region-name.ts";
import type { Rule } from "./model/rule.ts";
import { isThreshold, mistakeIn, type SettingValue, type Threshold } from "./model/rule-settings.ts";

export interface Settings extends ChannelsAndRoutes {
  /** Used when Regions cannot be listed. */
  readonly regions: readonly string[];
  /** Tag keys that name the team and the environment, in order of preference; compared without case. */
  readonly tags: { readonly team: readonly string[]; readonly env: readonly string[] };
  /** The team that gets what nobody else owns. */
  readonly defaultTeam?: string;
  /** Where advisories about libraries come from. */
  readonly advisories: AdvisorySettings;
  /** By rule id, everything that the rule lets a person set, with its value. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, SettingValue>>>>;
  /** When digests go out, and when nothing does; absent: at any hour, weekly on Mondays by UTC. */
  readonly digest?: DigestTiming;
  /** Rules that are switched off. */
  readonly disabledRules: readonly string[];
}

/** Name of the file in which settings lie beside the code of a deployed function. */
export const settingsFile = "settings.json";

/** The settings file names something that does not exist, or a value of the wrong kind. The message says which, and the nearest right one. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** What the file may hold, before names in it are looked up. */
export const fileSchema = v.strictObject({
  regions: v.optional(v.array(v.pipe(v.string(), v.check(isRegionName, "is not the name of a Region"))), []),
  tags: v.optional(
    v.strictObject({
      team: v.optional(v.array(v.string()), ["smalltarget:owner", "team", "owner", "squad"]),
      env: v.optional(v.array(v.string()), ["env", "environment", "stage"]),
    }),
    {},
  ),
  defaultTeam: v.optional(v.pipe(v.string(), v.minLength(1))),
  advisories: advisorySchema,
  rules: v.optional(v.record(v.string(), v.record(v.string(), v.union([v.number(), v.boolean(), v.string(), v.array(v.string())]))), {}),
  digest: v.optional(v.strictObject(digestEntries, 'must be an object such as {"quietHours": "22-07", "timeZone": "Europe/Berlin"}')),
  // read by readChannels, which says more about a mistake
  channels: v.optional(v.unknown()),
  routes: v.optional(v.unknown()),
});

/**
 * Reads settings from parsed JSON; `{}` gives the defaults.
 * @param source the file's name, for messages
 * @throws SettingsError with one line per mistake
 */
export function readSettings(json: unknown, rules: readonly Rule[], source = "settings"): Settings {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new SettingsError(`${source}: settings are a JSON object`);
  const lists = listsForObjects(json);
  if (lists.length > 0) throw new SettingsError(lists.map((path) => `${source}: ${path}: must be an object, not a list`).join("\n"));
  const parsed = v.safeParse(fileSchema, json);
  if (!parsed.success) throw new SettingsError(parsed.issues.map((issue) => describe(issue, source)).join("\n"));
  const { regions, tags, defaultTeam, advisories, rules: set } = parsed.output;
  const { mistakes: ofChannels, ...channels } = readChannels(
    parsed.output.channels,
    parsed.output.routes,
    rules.map(({ id }) => id),
  );
  const mistakes = [
    ...Object.entries(set).flatMap(([id, values]) => mistakesIn(id, values, rules, source)),
    ...ofChannels.map((mistake) => `${source}: ${mistake}`),
  ];
  if (mistakes.length > 0) throw new SettingsError(mistakes.join("\n"));
  const values = rules.map((rule) => {
    const own = Object.entries(rule.settings).map(([name, setting]) => [name, set[rule.id]?.[name] ?? setting.default]);
    return [rule.id, Object.fromEntries(own)];
  });
  const disabledRules = Object.entries(set).flatMap(([id, values]) => (values.enabled === false ? [id] : []));
  const digest = timingOf(parsed.output.digest);
  const more = { ...(defaultTeam ? { defaultTeam } : {}), ...(digest ? { digest } : {}), ...channels };
  return { regions, tags, advisories, rules: Object.fromEntries(values), disabledRules, ...more };
}

/** Where a list stands for an object: the schemas take an empty one for an object without keys. */
function listsForObjects(json: object): string[] {
  const parts = new Map<string, unknown>(Object.entries(json));
  const outer = ["tags", "digest", "rules"].filter((key) => Array.isArray(parts.get(key)));
  const rules = parts.get("rules");
  const ofRules = typeof rules === "object" && rules !== null && !Array.isArray(rules) ? Object.entries(rules) : [];
  return [...outer, ...ofRules.filter(([, values]) => Array.isArray(values)).map(([id]) => `rules.${id}`)];
}

/** The fewest days of silence from which on `what` has to be read of a function: the smallest that an active rule is set to. */
export function readsFromDays(what: NonNullable<Threshold["readsFrom"]>, rules: readonly Rule[], settings: Settings): number {
  const active = rules.filter(({ id }) => !settings.disabledRules.includes(id));
  const days = active.flatMap((rule) =>
    Object.entries(rule.settings).flatMap(([name, setting]) =>
      isThreshold(setting) && setting.readsFrom === what ? [Number(settings.rules[rule.id]?.[name] ?? setting.default)] : [],
    ),
  );
  return Math.min(...days);
}

function mistakesIn(
  id: string,
  values: Readonly<Record<string, SettingValue | boolean>>,
  rules: readonly Rule[],
  source: string,
): string[] {
  const rule = rules.find((one) => one.id === id);
  if (!rule)
    return [
      `${source}: there is no rule ${JSON.stringify(id)}; did you mean ${JSON.stringify(
        closest(
          id,
          rules.map((one) => one.id),
        ),
      )}?`,
    ];
  const known = [...Object.keys(rule.settings), "enabled"];
  return Object.entries(values).flatMap(([name, value]) => {
    if (!known.includes(name))
      return [`${source}: ${id} has no setting ${JSON.stringify(name)}; did you mean ${JSON.stringify(closest(name, known))}?`];
    if (name === "enabled") return typeof value === "boolean" ? [] : [`${source}: ${id}.enabled must be true or false`];
    const setting = rule.settings[name];
    const mistake = setting && mistakeIn(setting, value);
    return mistake ? [`${source}: ${id}.${name} must be ${mistake}`] : [];
  });
}

type Issue = v.BaseIssue<unknown>;

function knownBeside(path: string): readonly string[] {
  if (path.startsWith("tags.")) return ["team", "env"];
  if (path.startsWith("digest.")) return Object.keys(digestEntries);
  return path.startsWith("advisories.") ? advisorySettingNames : Object.keys(fileSchema.entries);
}

function describe(issue: Issue, source: string): string {
  const path = (issue.path ?? []).map((step) => String(step.key)).join(".");
  // strictObject reports the unknown key as "expected never"
  if (issue.expected === "never") {
    const known = knownBeside(path);
    const key = path.split(".").at(-1) ?? "";
    return `${source}: unknown key ${JSON.stringify(path)}; did you mean ${JSON.stringify(closest(key, [...known]))}?`;
  }
  return `${source}: ${path || "the file"}: ${issue.message}`;
}
