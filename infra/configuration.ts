/** What a person chooses when deploying: `smalltarget.json`, checked in beside cdk.json, so that every deployment has the same. */
import * as v from "valibot";
import { offWord, osvWord } from "../shared/advisory-settings.ts";
import { secretNames } from "../shared/channel-settings/kinds.ts";
import { isRegionName } from "../shared/model/region-name.ts";
import { catalogue } from "../shared/rules/catalogue.ts";
import { readSettings, type Settings } from "../shared/settings.ts";
import { periodOf } from "../shared/usage/schedule-period.ts";
import { usesStackTopic } from "./channel-permissions.ts";
import { didYouMean } from "./did-you-mean.ts";

/** The file's name, in the folder of the project. */
export const optionsFile = "smalltarget.json";

export interface Configuration {
  /** EventBridge Scheduler expression, UTC. */
  readonly schedule: string;
  /** Longest wait between two scans. */
  readonly longestGapHours: number;
  /** Empty: all enabled Regions. */
  readonly regions: readonly string[];
  /** Gets every message about findings. */
  readonly email?: string;
  /** Gets the alarms about the watchdog itself. */
  readonly operationsEmail?: string;
  readonly memoryMb: number;
  /** The scan makes and removes alarms of ours: only then may its role write to CloudWatch. */
  readonly alarms: boolean;
  /** Answers are taken from outside: by signed links of messages, and by a button in chat. */
  readonly replies: boolean;
  /** The scan reads the code of functions and layers: only then may its role ask for links to it. */
  readonly code: boolean;
  /** The scan reads container images, too: only then may its role ask for their manifests and for links to their layers. */
  readonly images: boolean;
  /** Advisories about libraries are fetched: the code is read, and the settings do not switch them off. */
  readonly advisories: boolean;
  /** A CloudWatch dashboard of what the scans found: three of an account are free. */
  readonly dashboard: boolean;
  /** A widget for dashboards that shows the first screen of the page: a small function reads it from the bucket. */
  readonly widget: boolean;
  /** Name or ARN of the managed policy that bounds every role of the stack. */
  readonly permissionsBoundary?: string;
  /** What `--settings FILE` of the command line takes, checked, as JSON; it travels inside the functions' bundles. */
  readonly settings: string;
  /** Those of the settings: the functions' roles may do what they need. */
  readonly channels: Settings["channels"];
}

/** The options file cannot be used. One line per mistake, each naming the option. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const daily = "cron(0 6 * * ? *)";
const longestGapDays = 6;
// measured: a scan of 10,000 functions takes 490 MB (docs/decisions/0003); the most is Lambda's
const memory = { least: 512, usual: 1024, most: 10_240 };

const address = v.pipe(
  v.string(),
  v.regex(/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/, "is not an e-mail address; for several people give a list's address"),
);
const memoryMistake = `must be a whole number of MB from ${memory.least} to ${memory.most}`;
const fileSchema = v.strictObject({
  schedule: v.optional(v.string("must be a text such as cron(0 6 * * ? *)"), daily),
  regions: v.optional(
    v.array(
      v.pipe(v.string(), v.check(isRegionName, "is not the name of a Region, such as eu-west-1")),
      'must be a list such as ["eu-west-1"]',
    ),
    [],
  ),
  email: v.optional(address),
  operationsEmail: v.optional(address),
  memoryMb: v.optional(
    v.pipe(
      v.number(memoryMistake),
      v.integer(memoryMistake),
      v.minValue(memory.least, memoryMistake),
      v.maxValue(memory.most, memoryMistake),
    ),
    memory.usual,
  ),
  alarms: v.optional(v.boolean("must be true or false"), false),
  replies: v.optional(v.boolean("must be true or false"), false),
  code: v.optional(v.boolean("must be true or false"), true),
  images: v.optional(v.boolean("must be true or false"), false),
  dashboard: v.optional(v.boolean("must be true or false"), true),
  widget: v.optional(v.boolean("must be true or false"), false),
  permissionsBoundary: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(arn:[\w-]+:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+|[\w+=,.@-]{1,128})$/, "is not the name or ARN of a managed policy"),
    ),
  ),
  settings: v.optional(v.union([v.string(), v.record(v.string(), v.unknown())], "must be an object, or the path of a JSON file"), {}),
});

/** The names that the file knows. */
export const optionNames = Object.keys(fileSchema.entries);

/**
 * Checks what the options file holds.
 * @param json the parsed file; `{}` gives the defaults
 * @param readJson reads the settings file that the options name, relative to the project
 * @throws ConfigurationError, and SettingsError for a mistake in the settings
 */
export function readConfiguration(json: unknown, readJson: (path: string) => unknown, now: Date = new Date()): Configuration {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new ConfigurationError(`${optionsFile}: options are a JSON object`);
  const parsed = v.safeParse(fileSchema, json);
  if (!parsed.success) throw new ConfigurationError(parsed.issues.map(describe).join("\n"));
  const { schedule, regions, email, memoryMb, alarms, replies, code, images, dashboard, widget, permissionsBoundary, settings } =
    parsed.output;
  const { operationsEmail = email } = parsed.output;
  const { settings: settingsJson, channels, advisories } = settingsIn(settings, readJson);
  if (email !== undefined && !usesStackTopic(channels))
    throw new ConfigurationError(
      `${optionsFile}: email: nothing would be sent there: the channels of the settings are all that there are. Add {"kind": "sns", "topic": "stack"} to them, or write "operationsEmail" for alarms only`,
    );
  return {
    schedule,
    longestGapHours: gapHours(schedule, now),
    regions,
    memoryMb,
    alarms,
    replies,
    code,
    images: code && images,
    dashboard,
    widget,
    ...(email ? { email } : {}),
    ...(operationsEmail ? { operationsEmail } : {}),
    ...(permissionsBoundary ? { permissionsBoundary } : {}),
    advisories: code && advisories.source !== offWord,
    channels,
    settings: settingsJson,
  };
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map(({ key }) => String(key)).join(".");
  // strictObject reports the unknown key as "expected never"
  if (issue.expected === "never") return `${optionsFile}: unknown option ${JSON.stringify(path)}${didYouMean(path, optionNames)}`;
  return `${optionsFile}: ${path}: ${JSON.stringify(issue.input)} ${issue.message}`;
}

function gapHours(schedule: string, now: Date): number {
  const period = periodOf(schedule, now);
  if (period.kind !== "repeating") {
    throw new ConfigurationError(
      `${optionsFile}: schedule: ${JSON.stringify(schedule)} is not a repeating rate(...) or cron(...) expression, e.g. ${daily}`,
    );
  }
  // CloudWatch alarms look back seven days at most: a rarer scan could die without anybody being told
  if (period.longestGapDays > longestGapDays) {
    throw new ConfigurationError(
      `${optionsFile}: schedule: ${schedule} leaves up to ${Math.round(period.longestGapDays)} days between two scans; it must run at least every ${longestGapDays} days`,
    );
  }
  return Math.ceil(period.longestGapDays * 24);
}

function settingsIn(
  given: unknown,
  readJson: (path: string) => unknown,
): Pick<Configuration, "settings" | "channels"> & Pick<Settings, "advisories"> {
  const [json, source] = typeof given === "string" ? [readJson(given), given] : [given, `${optionsFile}: settings`];
  const { channels, advisories } = readSettings(json, catalogue, source);
  const here = secretNames(channels).filter((name) => name.startsWith("env:"));
  const mistakes = [
    ...here.map(
      (name) => `${source}: ${name} is read on the command line only; deployed, a secret is "ssm:/NAME" or "secretsmanager:NAME"`,
    ),
    ...filesIn(advisories).map(
      (name) => `${source}: advisories.${name} is no address: what is deployed reads no files, and sends no names to an API`,
    ),
  ];
  if (mistakes.length > 0) throw new ConfigurationError(mistakes.join("\n"));
  return { settings: JSON.stringify(json), channels, advisories };
}

/** Names of the sources of advisories that are neither an address nor a word of ours. */
function filesIn({ source, kev, epss }: Settings["advisories"]): readonly string[] {
  const places = { source: source === osvWord || source === offWord ? undefined : source, kev, epss };
  return Object.entries(places).flatMap(([name, place]) => (place === undefined || /^https?:\/\//i.test(place) ? [] : [name]));
}
