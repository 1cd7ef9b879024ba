/** What a person chooses when deploying: `cdk deploy -c schedule="rate(12 hours)" -c email=team@example.com`. */
import { readFileSync } from "node:fs";
import { catalogue } from "../shared/rules/catalogue.ts";
import { readSettings } from "../shared/settings.ts";
import { periodOf } from "../shared/usage/schedule-period.ts";

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
  /** The settings file, checked, as one line of JSON. */
  readonly settings?: string;
}

/** A value in the context cannot be used. The message names it. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const daily = "cron(0 6 * * ? *)";
const longestGapDays = 6;
// environment variables share 4 KB
const mostSettingsBytes = 3_000;

/**
 * Reads the context of a synth; `context` answers undefined for what is not given.
 * @throws ConfigurationError for a value that cannot be used, SettingsError for a mistake in the settings file
 */
export function readConfiguration(context: (name: string) => unknown, now: Date = new Date()): Configuration {
  const schedule = text(context("schedule")) ?? daily;
  const email = address("email", context);
  const operationsEmail = address("operationsEmail", context) ?? email;
  const settings = settingsIn(text(context("settings")));
  return {
    schedule,
    longestGapHours: gapHours(schedule, now),
    regions: regionsIn(text(context("regions"))),
    memoryMb: memoryIn(text(context("memory"))),
    alarms: switchIn("alarms", text(context("alarms"))),
    ...(email ? { email } : {}),
    ...(operationsEmail ? { operationsEmail } : {}),
    ...(settings ? { settings } : {}),
  };
}

function text(value: unknown): string | undefined {
  const trimmed = value === undefined ? "" : String(value).trim();
  return trimmed === "" ? undefined : trimmed;
}

function gapHours(schedule: string, now: Date): number {
  const period = periodOf(schedule, now);
  if (period.kind !== "repeating") {
    throw new ConfigurationError(
      `schedule: ${JSON.stringify(schedule)} is not a repeating rate(...) or cron(...) expression, e.g. ${daily}`,
    );
  }
  // CloudWatch alarms look back seven days at most: a rarer scan could die without anybody being told
  if (period.longestGapDays > longestGapDays) {
    throw new ConfigurationError(
      `schedule: ${schedule} leaves up to ${Math.round(period.longestGapDays)} days between two scans; it must run at least every ${longestGapDays} days`,
    );
  }
  return Math.ceil(period.longestGapDays * 24);
}

function address(name: string, context: (name: string) => unknown): string | undefined {
  const value = text(context(name));
  if (value !== undefined && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(value)) {
    throw new ConfigurationError(`${name}: ${JSON.stringify(value)} is not an e-mail address; for several people give a list's address`);
  }
  return value;
}

function regionsIn(list = ""): string[] {
  const regions = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const wrong = regions.find((name) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(name));
  if (wrong !== undefined)
    throw new ConfigurationError(`regions: ${JSON.stringify(wrong)} is not the name of a Region, e.g. eu-west-1,us-east-1`);
  return regions;
}

function memoryIn(value = "1024"): number {
  const memory = Number(value);
  if (!Number.isInteger(memory) || memory < 256 || memory > 10_240) {
    throw new ConfigurationError(`memory: ${JSON.stringify(value)} must be a whole number of MB from 256 to 10240`);
  }
  return memory;
}

function switchIn(name: string, value = "false"): boolean {
  if (value !== "true" && value !== "false") throw new ConfigurationError(`${name}: ${JSON.stringify(value)} must be true or false`);
  return value === "true";
}

function settingsIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ConfigurationError(`settings: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  readSettings(json, catalogue, file);
  const line = JSON.stringify(json);
  if (Buffer.byteLength(line) > mostSettingsBytes) {
    throw new ConfigurationError(
      `settings: ${file} has ${Buffer.byteLength(line)} bytes without white space, ${mostSettingsBytes} fit the function's environment`,
    );
  }
  return line;
}
