/** Recordings of a small account, made with the real recorder from a stubbed AWS. */
import { join } from "node:path";
import { nothingKept } from "../../cli/nothing-kept.ts";
import type { CallCount, Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { recordTo } from "../../shared/aws/recording.ts";
import { dayOf } from "../../shared/model/day.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { localRunner } from "../../shared/run/local-runner.ts";
import { readSettings } from "../../shared/settings.ts";
import { watch } from "../../shared/watch.ts";
import { denying, type Fault, StubAccount, type StubFunction } from "../stub-account.ts";

export const recordedAt = new Date("2026-11-24T06:00:00Z");
const today = dayOf(recordedAt);

/** Days on which a function ran, counted back from the recording. */
function ran(daysAgo: readonly number[], maxMs: number, samples = 20) {
  return daysAgo.map((ago) => ({ day: today - ago, samples, maxMs }));
}

const lastDays = Array.from({ length: 60 }, (_, i) => i);

export const smallAccount: readonly StubFunction[] = [
  { name: "orders-api", configuration: { Timeout: 10 }, use: ran(lastDays, 9700, 400), tags: { team: "payments" } },
  { name: "legacy-import", configuration: { Timeout: 900 }, use: ran([446, 447, 448], 12_100), tags: { team: "payments" } },
  { name: "thumbnails", configuration: { Timeout: 900 }, use: ran(lastDays, 800, 100), tags: { team: "core" } },
  { name: "resize-old", region: "us-east-1", configuration: { Timeout: 3 } },
];

export interface RecordingOptions {
  readonly functions?: readonly StubFunction[];
  readonly fault?: Fault;
}

/** Records a scan of eu-west-1, us-east-1 and a Region that refuses; answers the path. */
export async function aRecording(folder: string, options: RecordingOptions = {}): Promise<string> {
  const { functions = smallAccount, fault = denying(/^lambda:/, /ap-southeast-2/) } = options;
  const stub = new StubAccount({ now: recordedAt, regions: ["ap-southeast-2", "eu-west-1", "us-east-1"], functions: [...functions] });
  stub.fault = fault;
  const path = join(folder, "account.ndjson");
  const recorder = recordTo(path, recordedAt);
  const tape: Tape = { offline: true, answer: (call) => recorder.answer(call, () => stub.answer(call)) };
  const pace = new Pace();
  await watch({
    runner: localRunner,
    clientsFor: (calls: CallCount) => createClients({ pace, calls, tape }),
    ...nothingKept(),
    channels: [],
    settings: readSettings({}, catalogue),
    homeRegion: "eu-west-1",
    regions: [],
    now: () => recordedAt,
    leaseSeconds: 120,
  });
  recorder.close();
  return path;
}
