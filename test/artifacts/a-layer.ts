/** Layers of images, packed as builders of images pack them; and by hand what none of them would. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

export interface TarFile {
  readonly name: string;
  readonly content?: Buffer | string;
  /** `0` file, `1` hard link, `2` symbolic link, `5` folder. */
  readonly flag?: string;
  readonly link?: string;
  /** What the head says, where that is not true. */
  readonly bytes?: number;
  /** Changes the head before its sum is taken. */
  readonly spoil?: (head: Buffer) => void;
}

const block = 512;

/** A tar of POSIX ustar; what its names do not fit into comes with a head of pax. */
export function aTar(files: readonly TarFile[], { ends = true }: { readonly ends?: boolean } = {}): Buffer {
  const parts = files.flatMap((file) => [...longer(file), ...parted(file)]);
  return Buffer.concat([...parts, ...(ends ? [Buffer.alloc(2 * block)] : [])]);
}

export function aLayer(files: readonly TarFile[]): Buffer {
  return gzipSync(aTar(files));
}

/** A layer with files by path. */
export function layerOf(files: Readonly<Record<string, string | Buffer>>): Buffer {
  return aLayer(Object.entries(files).map(([name, content]) => ({ name, content })));
}

export function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

export interface AnImage {
  readonly manifest: string;
  readonly digest: string;
  readonly layers: ReadonlyMap<string, Buffer>;
}

/** The lowest layer first. */
export function anImage(...layers: readonly Buffer[]): AnImage {
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOf("{}"), size: 2 },
    layers: layers.map((bytes) => ({
      mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
      digest: digestOf(bytes),
      size: bytes.length,
    })),
  });
  return { manifest, digest: digestOf(manifest), layers: new Map(layers.map((bytes) => [digestOf(bytes), bytes])) };
}

function longer({ name, link = "" }: TarFile): Buffer[] {
  const records = [
    ...(Buffer.byteLength(name) > 100 ? [record("path", name)] : []),
    ...(Buffer.byteLength(link) > 100 ? [record("linkpath", link)] : []),
  ];
  return records.length > 0 ? parted({ name: "PaxHeaders/0", content: records.join(""), flag: "x" }) : [];
}

/** `LENGTH KEY=VALUE`, where the length counts itself. */
export function record(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  const length = rest + String(rest).length;
  return `${rest + String(length).length} ${key}=${value}\n`;
}

function parted(file: TarFile): Buffer[] {
  const { content = "" } = file;
  const bytes = Buffer.from(content);
  return [headOf(file, bytes.length), bytes, Buffer.alloc((block - (bytes.length % block)) % block)];
}

function headOf({ name, flag = "0", link = "", bytes, spoil }: TarFile, length: number): Buffer {
  const head = Buffer.alloc(block);
  head.write(name.slice(0, 100), 0, 100, "utf8");
  head.write("0000644\0", 100);
  head.write(`${(bytes ?? length).toString(8).padStart(11, "0")}\0`, 124);
  head.write("00000000000\0", 136);
  head.write(flag, 156);
  head.write(link.slice(0, 100), 157, 100, "utf8");
  head.write("ustar\x0000", 257);
  spoil?.(head);
  head.fill(" ", 148, 156);
  head.write(
    `${head
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return head;
}
