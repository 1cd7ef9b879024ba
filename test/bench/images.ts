/** What reading a large layer of a container image takes: requests, bytes, seconds, and the memory of a process that does nothing else. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { anImage, aTar, type TarFile } from "../artifacts/a-layer.ts";
import { bundled, served } from "./artifacts.ts";

const mb = 1024 * 1024;

const text = (bytes: number) => randomBytes(bytes / 2).toString("hex");

const npmTree = (packages: number, filesEach: number, bytes: number): TarFile[] =>
  Array.from({ length: packages }, (_, i) => {
    const folder = `var/task/node_modules/package-${i}`;
    const manifest = { name: `package-${i}`, version: `1.0.${i}`, description: text(1000) };
    const files = Array.from({ length: filesEach }, (_one, n) => ({ name: `${folder}/lib/${n}.js`, content: text(bytes) }));
    return [{ name: `${folder}/package.json`, content: JSON.stringify(manifest) }, ...files];
  }).flat();

/** By what is in them. */
const layers: Readonly<Record<string, () => readonly TarFile[]>> = {
  "200 MB: 1,000 packages of npm in 41,000 files": () => npmTree(1000, 40, 5000),
  "200 MB: 10 jars and programs without a list": () =>
    Array.from({ length: 10 }, (_, i) => ({
      name: `opt/data/${i}`,
      content: Buffer.concat([Buffer.from("\x7fELF\x02\x01"), randomBytes(20 * mb)]),
    })),
  "200 MB of JavaScript of one's own": () =>
    Array.from({ length: 200 }, (_, i) => ({ name: `var/task/src/m${i}.js`, content: `const a${i} = "${text(mb - 30)}";\n` })),
  "100,000 empty files": () => Array.from({ length: 100_000 }, (_, i) => ({ name: `usr/local/share/data/${i}` })),
  "a bomb of 300 MB": () => [{ name: "var/task/index.js", content: Buffer.alloc(300 * mb) }],
};

/** One row a layer. */
export async function benchImages(): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-"));
  try {
    const program = await bundled(folder, "image-once.ts");
    const rows = [["layer", "packed MB", "requests", "fetched MB", "seconds", "peak MB", "packages"]];
    for (const [name, make] of Object.entries(layers)) {
      const layer = gzipSync(aTar(make()), { level: 1 });
      const { manifest, digest } = anImage(layer);
      const { requests, sent, output } = await served(layer, program, [manifest, digest]);
      const { seconds, peakMb, found } = output as { seconds: number; peakMb: number; found: string };
      rows.push([
        name,
        (layer.length / mb).toFixed(1),
        String(requests),
        (sent / mb).toFixed(1),
        seconds.toFixed(2),
        peakMb.toFixed(0),
        found,
      ]);
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
