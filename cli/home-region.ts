/** The Region where account-wide questions are asked, and where a deployed stack is looked for. */
import { readFileSync } from "node:fs";
import { loadConfig, loadSharedConfigFiles, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";

import { cleanText } from "../shared/model/plain-text.ts";
import { nearest } from "./nearest.ts";
import { UsageError } from "./usage-error.ts";

const fallback = "us-east-1";

/**
 * Region of AWS_REGION, AWS_DEFAULT_REGION or the profile, as the SDK finds it; else the first of `asked`, else us-east-1.
 * @throws UsageError where there is no such profile: the SDK would say that it found no credentials, and not of whom
 */
export async function homeRegion(profile?: string, asked: readonly string[] = []): Promise<string> {
  if (profile !== undefined) await checkProfile(profile);
  const named = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  if (named) return named;
  try {
    const region = await loadConfig(NODE_REGION_CONFIG_OPTIONS, { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile ? { profile } : {}) })();
    if (region) return region;
  } catch {
    // nobody named one: then any enabled Region answers account-wide questions
  }
  return asked[0] ?? fallback;
}

async function checkProfile(profile: string): Promise<void> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const there = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])];
  if (there.includes(profile)) return;
  const files = "the shared files of AWS (~/.aws/config, ~/.aws/credentials)";
  const others =
    there.length === 0
      ? "there are none"
      : `there are ${there
          .slice(0, 10)
          .map((name) => cleanText(name, 60))
          .join(", ")}`;
  const guess = there.length > 1 ? `; did you mean ${cleanText(nearest(profile, there), 60)}?` : "";
  throw new UsageError(`--profile ${cleanText(profile, 60)}: ${files} name no such profile, ${others}${guess}`);
}

/** Where the recorded scan asked who it was: a replay has to ask there too. */
export function recordedHomeRegion(path: string): string {
  return /"([a-z0-9-]+)\|sts:GetCallerIdentity\|/.exec(readFileSync(path, "utf8"))?.[1] ?? fallback;
}
