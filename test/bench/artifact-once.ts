/** One process of the bench: reads one artifact by its link, as a batch of a scan does. Prints JSON. */
import { readFileSync } from "node:fs";
import { readArtifacts } from "../../shared/artifacts/read-artifacts.ts";
import { CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace, presignedRead } from "../../shared/aws/pace.ts";
import type { CodeSummary } from "../../shared/model/code.ts";
import { analyzerFor } from "../../shared/scan/analyzers.ts";

const [url = "", runtime = ""] = process.argv.slice(2);
const tape: Tape = {
  offline: false,
  answer: async ({ operation }, ask) => (operation === presignedRead ? ask() : { Code: { Location: `${url}/code` } }),
};
const clients = createClients({ pace: new Pace(), calls: new CallCount(), tape });
const handler = "index.handler";
const kind = analyzerFor(runtime)?.kind ?? "";
const artifact = { key: "code abc", region: "eu-west-1", functionArn: "arn", codeSha256: "abc", questions: [{ kind, runtime, handler }] };
const began = performance.now();
let found = "";
await readArtifacts([artifact], { clients, analyzerFor, now: new Date(), isOutOfTime: () => false }, async (outcome) => {
  if ("failure" in outcome) found = `${outcome.failure.code}: ${outcome.failure.message}`;
  else if ("kept" in outcome) {
    const [reading] = outcome.kept.readings;
    const summary = reading?.summary as CodeSummary | undefined;
    found = outcome.kept.refused?.code ?? reading?.failed ?? String(summary?.calls.length);
  }
});
// what the system says of the process alone: its own count begins with that of the process that started it
const peakMb = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, peakMb, found }));
process.exit(0);
