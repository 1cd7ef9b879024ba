/** What the stack tells its function, through environment variables. */
import { catalogue } from "../shared/rules/catalogue.ts";
import { readSettings, type Settings, SettingsError } from "../shared/settings.ts";

export interface Environment {
  readonly tableName: string;
  readonly bucketName: string;
  readonly topicArn: string;
  /** Where alarms of ours publish; absent: the scan makes none. */
  readonly alarmTopicArn?: string;
  /** Region of the function: where account-wide questions are asked. */
  readonly homeRegion: string;
  /** Regions to look at; empty: all enabled ones. */
  readonly regions: readonly string[];
  readonly settings: Settings;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment. Throws an error that names the variable which is missing or cannot be read. */
export function readEnvironment(variables: Variables): Environment {
  const alarmTopicArn = variables.ALARM_TOPIC_ARN?.trim();
  return {
    ...(alarmTopicArn ? { alarmTopicArn } : {}),
    tableName: required(variables, "TABLE_NAME"),
    bucketName: required(variables, "BUCKET_NAME"),
    topicArn: required(variables, "TOPIC_ARN"),
    homeRegion: required(variables, "AWS_REGION"),
    regions: (variables.REGIONS ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    settings: readSettings(json(variables, "SETTINGS"), catalogue, "SETTINGS"),
  };
}

function required(variables: Variables, name: string): string {
  const value = variables[name]?.trim();
  if (!value) throw new Error(`${name} is not set: the function is configured by the Small Target stack, deploy it again`);
  return value;
}

function json(variables: Variables, name: string): unknown {
  const text = variables[name]?.trim();
  if (!text) return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingsError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
