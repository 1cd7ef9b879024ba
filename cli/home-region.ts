/** The Region where account-wide questions are asked, and where a deployed stack is looked for. */
import { readFileSync } from "node:fs";
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";

const fallback = "us-east-1";

/** Region of AWS_REGION, AWS_DEFAULT_REGION or the profile, as the SDK finds it; else the first of `asked`, else us-east-1. */
export async function homeRegion(profile?: string, asked: readonly string[] = []): Promise<string> {
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

/** Where the recorded scan asked who it was: a replay has to ask there too. */
export function recordedHomeRegion(path: string): string {
  return /"([a-z0-9-]+)\|sts:GetCallerIdentity\|/.exec(readFileSync(path, "utf8"))?.[1] ?? fallback;
}
