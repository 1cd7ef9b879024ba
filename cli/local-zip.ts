/** A zip on this machine, read by ranges as a deployed one is. */
import { open } from "node:fs/promises";
import type { ByteSource } from "../shared/artifacts/byte-source.ts";
import { ArtifactRefusedError } from "../shared/artifacts/refusal.ts";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError where the zip is refused, with the reason */
export async function withLocalZip<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const file = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read ${path} (${cause.code ?? cause.message}): check its permissions`);
  });
  try {
    const { size } = await file.stat();
    const range = async (from: number, to: number) => {
      const wanted = Math.max(0, Math.min(to, size) - from);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, from);
      return buffer.subarray(0, bytesRead);
    };
    return await use({ range, tail: async (count) => ({ bytes: await range(Math.max(0, size - count), size), total: size }) });
  } catch (error) {
    if (error instanceof ArtifactRefusedError) throw new UsageError(`${path} cannot be read: ${error.message}`);
    throw error;
  } finally {
    await file.close();
  }
}
