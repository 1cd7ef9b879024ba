/** `smalltarget doctor`: what keeps a scan from seeing everything, and a message from arriving. */

import type { Command } from "commander";
import { cleanText } from "../../shared/model/plain-text.ts";
import { toJson } from "../../shared/report/json.ts";
import { collectorNames } from "../../shared/wording/collector-names.ts";
import type { Check } from "../doctor/check.ts";
import type { Examination } from "../doctor/examine.ts";
import { exitCodes } from "../failure.ts";
import { onePageOption, regionOption, storeOptions } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends Omit<Examination, "region"> {
  readonly region?: readonly string[];
  readonly output: "table" | "json";
}

/** The longest words for a collector. */
const nameColumns = Math.max(...Object.values(collectorNames).map((name) => name.length));

/** Arguments, options and action. */
export function doctorCommand(command: Command): void {
  command
    .option("-r, --region <region>", "try the permissions here (default: the Region of the credentials)", regionOption)
    .option("--notify <channel>", "sns:ARN to look at (default: the topic of --stack)")
    .option("--settings <file>", "settings to check");
  storeOptions(onePageOption(command)).action(doctor);
}

async function doctor({ region, output, ...options }: Options): Promise<void> {
  const { examine } = await import("../doctor/examine.ts");
  const checks: Check[] = [];
  const { paint } = outputLook();
  const words = { ok: paint.green("ok  "), note: paint.yellow("note"), bad: paint.red("BAD ") };
  for await (const check of examine({ ...options, ...(region?.[0] ? { region: region[0] } : {}) }, new Date())) {
    checks.push(check);
    if (output === "table")
      print(`${words[check.result]}  ${(check.about ?? check.name).padEnd(nameColumns)}  ${cleanText(check.text, 1000)}`);
  }
  if (output === "json") print(toJson(checks));
  if (checks.some(({ result }) => result === "bad")) process.exitCode = exitCodes.cannotStart;
}
