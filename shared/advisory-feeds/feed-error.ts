/** A source of advisories is not what it should be, or cannot be reached. The message says what, of which place, and what to do. */
export class FeedError extends Error {
  override readonly name = "FeedError";
}

/** A record of OSV has some kilobytes; the largest one hundred times that. */
export const mostRecordBytes = 16 * 1024 * 1024;
