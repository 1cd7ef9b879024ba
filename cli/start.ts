/** `npm start`: the whole watchdog on the sample account. No credentials, no network; only the folder .smalltarget/ is written. */
import { scanSummary } from "../shared/report/scan-summary.ts";
import { failureOf } from "./failure.ts";
import { runScan } from "./run-scan.ts";
import { samplePath } from "./sample.ts";
import { pageLook, print, say, tolerateClosedPipes } from "./terminal.ts";

const mostFunctions = 15;
const mostFindings = 10;

tolerateClosedPipes();
try {
  const finished = await runScan({ replay: samplePath() }, false);
  const { preview, delivery } = finished.result;
  print(scanSummary({ ...finished, preview, delivery, label: "sample", mostFunctions, mostFindings }, pageLook()).join("\n"));
} catch (error) {
  const { line, exitCode } = failureOf(error);
  say(`smalltarget: ${line}`);
  process.exitCode = exitCode;
}
