/** Addresses by HTTP, and files of this machine by their path: what a person may name on a command line. */
import { readFile } from "node:fs/promises";
import { FeedError } from "./feed-error.ts";
import type { HttpGet } from "./http-get.ts";

export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** `get`, and files as a whole. */
export function placeGet(get: HttpGet): HttpGet {
  return async (place, ask) => {
    if (isAddress(place)) return get(place, ask);
    try {
      const bytes = await readFile(place);
      return { bytes, from: 0, total: bytes.length };
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      throw new FeedError(`cannot read ${place} (${code ?? message})`, { cause });
    }
  };
}
