/** The last step of a scan: the page in the bucket. It fails for itself alone. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFile, type PageBundle } from "../shared/page-file/page-html.ts";
import { type KeptPage, keepPage } from "../shared/page-upkeep/keep-page.ts";
import { catalogue } from "../shared/rules/catalogue.ts";
import type { ScanResult } from "../shared/scan/finish.ts";
import type { Watchdog } from "../shared/scan/watchdog.ts";
import type { Environment } from "./environment.ts";

/**
 * Functions of an account whose page fits into the memory beside everything else: with packages, 10,000 took 390 MB at most in a process as
 * large as the scan's with 512, and it is made with a heap of 260 MB where 307 are there (docs/decisions/0062).
 */
const functionsPerMb = 20;

/** What became of it: a failure is a value, for the scan is done. */
export type LeftPage = KeptPage | { readonly failed: string };

/** Makes the page and keeps it in the bucket. Never throws. */
export async function leavePage(watchdog: Watchdog, result: ScanResult, { stackName, homeRegion }: Environment): Promise<LeftPage> {
  try {
    const memoryMb = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
    if (memoryMb > 0 && result.functions > memoryMb * functionsPerMb) {
      return {
        failed: `a page of ${result.functions.toLocaleString("en-US")} functions needs more than ${memoryMb} MB: give the function more memory, or make it with smalltarget report --stack ${stackName} --since SCAN`,
      };
    }
    const bundle = JSON.parse(readFileSync(join(process.env.LAMBDA_TASK_ROOT ?? ".", bundleFile), "utf8")) as PageBundle;
    const { store, blobs } = watchdog;
    return await keepPage(
      { store, blobs, bundle, rules: catalogue, deployment: { stack: stackName, region: homeRegion } },
      result.documentKey,
    );
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
