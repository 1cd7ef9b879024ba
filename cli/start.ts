/** `npm start`: the whole watchdog on the sample account. No credentials, no network; only the folder .smalltarget/ is written. */
import { join } from "node:path";
import { scanSummary } from "../shared/report/scan-summary.ts";
import { failureOf } from "./failure.ts";
import { defaultFolder } from "./kept.ts";
import { withLastScan } from "./last-scan.ts";
import { writeWhole } from "./out-file.ts";
import { runScan } from "./run-scan.ts";
import { samplePath } from "./sample.ts";
import { commandName, pageLook, print, say, tolerateClosedPipes } from "./terminal.ts";
import { tellUncaught } from "./uncaught.ts";
import { UsageError } from "./usage-error.ts";
import { pageOf } from "./write-report.ts";

const mostFunctions = 15;
const mostFindings = 10;

const page = join(defaultFolder, "report.html");

tellUncaught();
tolerateClosedPipes();
const [, , ...more] = process.argv;
try {
  if (more.length > 0)
    throw new UsageError(`npm start shows the sample account and takes nothing more; else type ${commandName} ${more.join(" ")}`);
  const finished = await runScan({ replay: samplePath() }, false);
  const { preview, delivery } = finished.result;
  print(scanSummary({ ...finished, preview, delivery, label: "sample", mostFunctions, mostFindings }, pageLook()).join("\n"));
  await withLastScan({ quiet: true }, async (last) => writeWhole(page, (await pageOf(last, {})).html), ["scan"]);
  print(`LOOK            ${page}: the same as a page; open it in a browser`);
} catch (error) {
  const { line, exitCode } = failureOf(error);
  say(`smalltarget: ${line}`);
  process.exitCode = exitCode;
}
