/** The snapshot with what is known of the functions' code. */
import { codeCollector, codeCoverage, functionCode, type KnownCode } from "../artifacts/function-code.ts";
import { type AnalyzerFor, merged } from "../artifacts/kept-artifact.ts";
import type { ReadFailure } from "../artifacts/outcome.ts";
import type { FunctionCode } from "../model/code.ts";
import { type Coverage, isComplete } from "../model/coverage.ts";
import { type FunctionConfiguration, globalRegion, type RegionSnapshot, type Snapshot } from "../model/snapshot.ts";
import type { Blobs } from "../store/blobs.ts";
import { batchSoFar, knownArtifacts, mostBatches } from "./code-blobs.ts";

const switchedOff = "reading code is switched off";

/** @param analyzerFor absent: reading code is switched off, and what was read before is not looked at */
export async function withCode(
  snapshot: Snapshot,
  scanId: string,
  { blobs, analyzerFor }: { readonly blobs: Blobs; readonly analyzerFor?: AnalyzerFor },
): Promise<Snapshot> {
  const { account } = snapshot;
  const known = analyzerFor && (await knownCode(blobs, account, scanId, analyzerFor));
  const codeIn = ({ region, functions }: RegionSnapshot): Coverage => {
    if (!known) return { collector: codeCollector, region, status: "disabled", message: switchedOff };
    const row = codeCoverage(region, functions.items, account, known);
    // of functions that were not listed the code is not known either
    return isComplete(functions) || row.status !== "complete"
      ? row
      : { ...functions.coverage, collector: codeCollector, follows: "functions" };
  };
  const regions = snapshot.regions.map((one) =>
    one.region === globalRegion ? one : { ...one, code: { items: [], coverage: codeIn(one) } },
  );
  const functions = new Map(regions.flatMap((one) => one.functions.items.map((f) => [f.arn, f])));
  const codeOf = (arn: string): FunctionCode | undefined => {
    const f = functions.get(arn);
    if (!f) return undefined;
    return known ? functionCode(f, known) : unreadCode(f);
  };
  return { ...snapshot, regions, codeOf };
}

function unreadCode({ layers }: FunctionConfiguration): FunctionCode {
  return { unread: switchedOff, layers: layers.map((arn) => ({ arn, unread: switchedOff })) };
}

async function knownCode(blobs: Blobs, account: string, scanId: string, analyzerFor: AnalyzerFor): Promise<KnownCode> {
  const { kept: known, batches } = await knownArtifacts(blobs, account);
  const kept = new Map(known.map((one) => [one.key, one]));
  for (const one of batches) kept.set(one.key, merged(kept.get(one.key), one));
  const failures = new Map<string, ReadFailure>();
  for (let batch = 1; batch <= mostBatches; batch += 1) {
    for (const outcome of await batchSoFar(blobs, account, scanId, batch))
      if ("failure" in outcome) failures.set(outcome.key, outcome.failure);
  }
  return { analyzerFor, kept, failures };
}
