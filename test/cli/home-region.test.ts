import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { homeRegion } from "../../cli/home-region.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "smalltarget-profiles-"));
  writeFileSync(join(folder, "config"), "[profile prod]\nregion = eu-north-1\n[profile staging]\nregion = eu-west-1\n");
  writeFileSync(join(folder, "credentials"), "[keys-only]\naws_access_key_id = a\naws_secret_access_key = b\n");
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
  vi.stubEnv("AWS_REGION", undefined);
  vi.stubEnv("AWS_DEFAULT_REGION", undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("the Region is that of the profile, which either file may name", async () => {
  expect(await homeRegion("prod")).toBe("eu-north-1");
  expect(await homeRegion("keys-only", ["ap-south-1"])).toBe("ap-south-1");
});

test("a profile that is nowhere is named, with those that are there and the nearest one", async () => {
  await expect(homeRegion("prd")).rejects.toThrow(
    /^--profile prd: .*no such profile, there are prod, staging, keys-only; did you mean prod\?$/,
  );
});

test("also where the environment names a Region: the credentials would still be looked for in that profile", async () => {
  vi.stubEnv("AWS_REGION", "eu-west-1");
  await expect(homeRegion("nope")).rejects.toThrow(/--profile nope/);
  expect(await homeRegion()).toBe("eu-west-1");
});
