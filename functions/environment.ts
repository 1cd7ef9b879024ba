/** What the stack tells its functions: through environment variables, and a file of settings beside the code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publicBucket } from "../shared/advisory-feeds/bucket-feed.ts";
import type { AdvisorySources } from "../shared/advisory-feeds/refresh-all.ts";
import { type AdvisorySettings, osvWord } from "../shared/advisory-settings.ts";
import { catalogue } from "../shared/rules/catalogue.ts";
import { readSettings, type Settings, SettingsError, settingsFile } from "../shared/settings.ts";

export interface Environment {
  readonly tableName: string;
  readonly bucketName: string;
  readonly topicArn: string;
  /** The stack that the function belongs to: what a person gives to `--stack`. */
  readonly stackName: string;
  /** Where alarms of ours publish; absent: the scan makes none. */
  readonly alarmTopicArn?: string;
  /** Region of the function: where account-wide questions are asked. */
  readonly homeRegion: string;
  /** Regions to look at; empty: all enabled ones. */
  readonly regions: readonly string[];
  /** Whether the role may ask for links to code. */
  readonly readsCode: boolean;
  /** Whether it may ask for the manifests of images, and for links to their layers. */
  readonly readsImages: boolean;
  readonly settings: Settings;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment. Throws an error that names the variable which is missing, or SettingsError. */
export function readEnvironment(variables: Variables): Environment {
  const alarmTopicArn = variables.ALARM_TOPIC_ARN?.trim();
  return {
    ...(alarmTopicArn ? { alarmTopicArn } : {}),
    tableName: required(variables, "TABLE_NAME"),
    bucketName: required(variables, "BUCKET_NAME"),
    topicArn: required(variables, "TOPIC_ARN"),
    stackName: required(variables, "STACK_NAME"),
    homeRegion: required(variables, "AWS_REGION"),
    regions: (variables.REGIONS ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    readsCode: variables.READ_CODE !== "no",
    readsImages: variables.READ_CODE !== "no" && variables.READ_IMAGES !== "no",
    settings: readSettings(deployedSettings(required(variables, "LAMBDA_TASK_ROOT")), catalogue, settingsFile),
  };
}

/** What only the sweep is told: where it says that no scan completes, and after how many hours without one. */
export function readSilenceVariables(variables: Variables): { readonly topicArn: string; readonly overdueHours: number } {
  const overdueHours = Number(required(variables, "OVERDUE_HOURS"));
  if (!(overdueHours > 0 && Number.isFinite(overdueHours)))
    throw new Error("OVERDUE_HOURS is not a number of hours: the function is configured by the stack, deploy it again");
  return { topicArn: required(variables, "OPERATIONS_TOPIC_ARN"), overdueHours };
}

/** What the function that fetches advisories is told. */
export function readAdvisoryVariables(variables: Variables): Pick<Environment, "bucketName" | "homeRegion"> & Pick<Settings, "advisories"> {
  return {
    bucketName: required(variables, "BUCKET_NAME"),
    homeRegion: required(variables, "AWS_REGION"),
    advisories: readSettings(deployedSettings(required(variables, "LAMBDA_TASK_ROOT")), catalogue, settingsFile).advisories,
  };
}

/** Where nobody said otherwise: OSV's public bucket. */
export function advisorySources({ source = osvWord, ...more }: AdvisorySettings): AdvisorySources {
  return { ...more, source: source === osvWord ? publicBucket : source };
}

/** What the function that takes answers is told. */
export function readReplyVariables(variables: Variables): { readonly tableName: string; readonly keyArn: string; readonly region: string } {
  return {
    tableName: required(variables, "TABLE_NAME"),
    keyArn: required(variables, "REPLY_KEY_ARN"),
    region: required(variables, "AWS_REGION"),
  };
}

/** What the function behind the dashboard's widget is told. */
export function readWidgetVariables(variables: Variables): Pick<Environment, "bucketName" | "homeRegion"> {
  return { bucketName: required(variables, "BUCKET_NAME"), homeRegion: required(variables, "AWS_REGION") };
}

function required(variables: Variables, name: string): string {
  const value = variables[name]?.trim();
  if (!value) throw new Error(`${name} is not set: the function is configured by the Small Target stack, deploy it again`);
  return value;
}

/** A file that is missing is not "no settings": the stack puts one into every bundle. */
function deployedSettings(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, settingsFile), "utf8"));
  } catch (error) {
    throw new SettingsError(`${settingsFile} beside the code cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
