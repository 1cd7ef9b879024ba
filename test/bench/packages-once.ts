/**
 * One process of the bench: lists the packages of one artifact by its link, with nothing else loaded, or as others do it: everything is
 * downloaded and unpacked in memory. Prints JSON.
 */
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { buffer, text } from "node:stream/consumers";
import { fromBuffer } from "yauzl";
import { artifactBytes } from "../../shared/artifacts/artifact-bytes.ts";
import { readArtifact } from "../../shared/artifacts/read-artifact.ts";
import { Room } from "../../shared/artifacts/room.ts";
import { byteRanges } from "../../shared/aws/byte-ranges.ts";
import { CallCount } from "../../shared/aws/client-options.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { packageInspector } from "../../shared/libraries/packages/package-inspector.ts";

/** As a batch of a scan has it. */
const roomBytes = 96 * 1024 * 1024;
const [url = "", how = ""] = process.argv.slice(2);
const began = performance.now();
const found = how === "download" ? await downloaded() : await listed();
// what the system says of the process alone: its own count begins with that of the process that started it
const peakMb = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, peakMb, found }));
process.exit(0);

async function listed(): Promise<string> {
  const ranges = byteRanges({ pace: new Pace(), calls: new CallCount() }, url);
  const source = artifactBytes(ranges.open("code abc", "eu-west-1", async () => `${url}/code`));
  const { inspected } = await readArtifact(source, [], new Room(roomBytes), packageInspector());
  return inspected && "summary" in inspected ? String(inspected.summary.packages.length) : "nothing";
}

/** Every package.json of the zip, read: what tells packages when nothing else does. */
async function downloaded(): Promise<string> {
  const bytes = await new Promise<Buffer>((done, fail) =>
    get(`${url}/code`, (answer) => buffer(answer).then(done, fail)).on("error", fail),
  );
  return new Promise((done, fail) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return fail(error);
      let packages = 0;
      zip.on("error", fail);
      zip.on("end", () => done(String(packages)));
      zip.on("entry", (entry) => {
        if (!/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(entry.fileName)) return zip.readEntry();
        zip.openReadStream(entry, async (failure, stream) => {
          if (failure) return fail(failure);
          if ((JSON.parse(await text(stream)) as { version?: string }).version !== undefined) packages += 1;
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });
}
