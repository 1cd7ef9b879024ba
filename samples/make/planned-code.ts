/** What the planned functions are made of, and its bytes as a link of AWS would give them. */
import { createHash } from "node:crypto";
import type { Call } from "../../shared/aws/client-options.ts";
import type { AccountPlan, PlannedFunction } from "./account-plan.ts";
import { zipOf } from "./zip.ts";

/** A program, line by line. */
export function program(...lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

/** The zip of `f`: one file, named as its handler says where nothing else is said, and its packages as npm installs them. */
export function zipOfFunction({ name, runtime = "", source = name, code, packages = {} }: PlannedFunction): Uint8Array {
  const isPython = runtime.startsWith("python");
  const text = code ?? `${isPython ? "#" : "//"} ${source}\n`;
  const installed = Object.entries(packages).map(([of, version]) => [
    `node_modules/${of}/package.json`,
    `${JSON.stringify({ name: of, version })}\n`,
  ]);
  return zipOf({ [isPython ? "index.py" : code?.includes("import ") ? "index.mjs" : "index.js"]: text, ...Object.fromEntries(installed) });
}

/** A range of the zip with the digest that the request names. The emulator's links lead nowhere. */
export function codeBytes({ functions }: AccountPlan, { input }: Call): Record<string, unknown> {
  const { artifact, last, from, to } = input as { artifact: string; last?: number; from?: number; to?: number };
  const found = functions.find((f) => artifact === `code ${createHash("sha256").update(zipOfFunction(f)).digest("base64")}`);
  if (!found) throw new Error(`the plan has no ${artifact}`);
  const bytes = Buffer.from(zipOfFunction(found));
  const start = from ?? Math.max(0, bytes.length - (last ?? 0));
  return { bytes: bytes.subarray(start, to).toString("base64"), from: start, total: bytes.length };
}
