/** `npm start`: the whole watchdog on the sample account. No credentials, no network; only the folder .smalltarget/ is written. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { scanSummary } from "../shared/report/scan-summary.ts";
import { failureOf } from "./failure.ts";
import { runScan } from "./run-scan.ts";
import { outputLook, print, say, tolerateClosedPipes } from "./terminal.ts";
import { CannotStartError } from "./usage-error.ts";

const sample = join(dirname(fileURLToPath(import.meta.url)), "..", "samples", "sample-account.ndjson");
const mostFunctions = 15;
const mostFindings = 10;

tolerateClosedPipes();
try {
  if (!existsSync(sample))
    throw new CannotStartError("the sample account (samples/sample-account.ndjson) is not there: make it with npm run sample");
  const finished = await runScan({ replay: sample }, false);
  const { preview, delivery } = finished.result;
  print(scanSummary({ ...finished, preview, delivery, label: "sample", mostFunctions, mostFindings }, outputLook()).join("\n"));
} catch (error) {
  const { line, exitCode } = failureOf(error);
  say(`smalltarget: ${line}`);
  process.exitCode = exitCode;
}
