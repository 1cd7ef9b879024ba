/** What both kinds of blobs share: gzipped JSON, and keys that stay where they belong. */
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** The value as gzipped JSON. Throws when it has no JSON form (undefined, a function). */
export async function toBytes(key: string, value: unknown): Promise<Uint8Array> {
  const json = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`Blob "${key}" cannot be stored: its value has no JSON form.`);
  return await compress(json);
}

/** The value in gzipped JSON. Throws an error that names `key` and `place` when the bytes are something else. */
export async function fromBytes(key: string, place: string, bytes: Uint8Array): Promise<unknown> {
  try {
    return JSON.parse((await decompress(bytes)).toString("utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Blob "${key}" in ${place} is damaged (${why}): delete it and run the scan again.`, { cause });
  }
}

/** Throws unless `key` is a relative path of plain names: letters, digits, `.`, `_`, `-`, `=` and `+`, none of them `.` or `..`. */
export function checkKey(key: string): void {
  const names = key.split("/");
  if (key.length > 900 || !names.every((name) => /^[\w.=+-]+$/.test(name) && !/^\.+$/.test(name))) {
    throw new RangeError(`"${key}" is not a blob key: it takes names of letters, digits and . _ - = + with / between them.`);
  }
}
