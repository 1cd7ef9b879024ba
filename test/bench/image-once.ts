/** One process of the bench: reads one image of one layer by its link, as a scan does. Prints JSON. */
import { readFileSync } from "node:fs";
import { readImages } from "../../shared/artifacts/read-images.ts";
import { CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace, presignedRead } from "../../shared/aws/pace.ts";
import type { PackageList } from "../../shared/model/packages.ts";
import { imageLister } from "../../shared/scan/code-analyzers.ts";

const [url = "", manifest = "", digest = ""] = process.argv.slice(2);
const tape: Tape = {
  offline: false,
  answer: async ({ operation }, ask) => {
    if (operation === presignedRead) return ask();
    return operation === "ecr:BatchGetImage" ? { images: [{ imageManifest: manifest }] } : { downloadUrl: `${url}/layer` };
  },
};
const clients = createClients({ pace: new Pace(), calls: new CallCount(), tape });
const image = { key: "image", region: "eu-west-1", questions: [], image: { repository: "app", digest, architecture: "arm64" } };
const shelf = async () => ({ get: () => undefined, put: () => undefined, refuse: () => undefined });
const began = performance.now();
let found = "";
await readImages(
  [image],
  { clients, lister: imageLister, now: new Date(), isOutOfTime: () => false, shelf, mostBytes: Number.MAX_SAFE_INTEGER },
  {
    layer: async () => undefined,
    image: async (outcome, list?: PackageList) => {
      if ("failure" in outcome) found = `${outcome.failure.code}: ${outcome.failure.message}`;
      else if ("kept" in outcome) found = outcome.kept.refused?.code ?? String(list?.packages.length);
    },
  },
);
const peakMb = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, peakMb, found }));
process.exit(0);
