/** What every function of the stack is made of: its bundle, with the settings in it, and how Node runs there. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Stage } from "aws-cdk-lib";
import { Architecture, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogLevel, type NodejsFunctionProps, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import type { Construct } from "constructs";
import { bundlePage } from "../page/bundle.ts";
import { bundleFile } from "../shared/page-file/page-html.ts";
import { settingsFile } from "../shared/settings.ts";
import { requireBanner } from "./bundle-banner.ts";
import { parserFiles } from "./parser-files.ts";

/** The folder of the project. */
export const root = join(import.meta.dirname, "..");

/**
 * Code and runtime of the function that begins with functions/`entry`. The settings travel in the bundle: they may be longer than
 * the environment's 4 KB, and an execution keeps those that it began with, as it keeps its version.
 * @param settings the settings as JSON
 */
export function functionCode(scope: Construct, entry: string, settings: string): NodejsFunctionProps {
  const folder = join(Stage.of(scope)?.assetOutdir ?? root, "settings");
  mkdirSync(folder, { recursive: true });
  const from = join(folder, settingsFile);
  writeFileSync(from, settings);
  const copy = process.platform === "win32" ? "copy" : "cp";
  // only the scan reads code, and leaves a page
  const page = join(folder, bundleFile);
  if (entry === "scan.ts") writeFileSync(page, JSON.stringify(bundlePage()));
  const alongside = entry === "scan.ts" ? [...parserFiles, page] : [];
  return {
    entry: join(root, "functions", entry),
    projectRoot: root,
    depsLockFilePath: join(root, "package-lock.json"),
    handler: "handler",
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    bundling: {
      format: OutputFormat.ESM,
      target: "node24",
      mainFields: ["module", "main"],
      // what was tested is what runs: the runtime's own SDK changes under a function without a deployment
      bundleAwsSDK: true,
      // readable in the console; loading it takes half a second, once a day
      minify: false,
      logLevel: LogLevel.WARNING,
      sourceMap: true,
      sourcesContent: false,
      banner: requireBanner,
      commandHooks: {
        beforeBundling: () => [],
        beforeInstall: () => [],
        afterBundling: (_, bundle) => [
          `${copy} "${from}" "${join(bundle, settingsFile)}"`,
          ...alongside.map((file) => `${copy} "${file}" "${join(bundle, basename(file))}"`),
        ],
      },
    },
  };
}

/**
 * How Node shares out the function's memory: the heap, small rooms for what is young, and the rest for everything beside the heap. So an
 * account of 10,000 functions fits into 512 MB (docs/decisions/0003).
 */
export function processSettings(memoryMb: number): Readonly<Record<string, string>> {
  const heapMb = Math.floor(memoryMb * 0.6);
  return { NODE_OPTIONS: `--enable-source-maps --max-old-space-size=${heapMb} --max-semi-space-size=4`, MALLOC_ARENA_MAX: "2" };
}
