// Prints "N passed, N failed" from vitest's JSON report; fails when no test ran.
import { readFileSync } from "node:fs";

let passed = 0;
let failed = 0;
try {
  const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
  passed = report.numPassedTests;
  // a file that could not even be loaded has no tests to count
  failed =
    report.numFailedTests + report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
} catch {
  failed = 1;
  process.stderr.write("npm test ended before the tests did: see the lines above.\n");
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
