/** Packed bytes through an unpacker: an end on either side ends the other. */
import type { Readable, Transform } from "node:stream";

export function throughUnpacker(packed: Readable, unpacker: Transform): Readable {
  packed.on("error", (error) => unpacker.destroy(error));
  unpacker.on("close", () => packed.destroy());
  return packed.pipe(unpacker);
}
