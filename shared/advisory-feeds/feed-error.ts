/** A source of advisories is not what it should be, or cannot be reached. The message says what, of which place, and what to do. */
export class FeedError extends Error {
  override readonly name = "FeedError";
  /** Nobody answered, several times: who asks it for the next thing waits as long again. */
  readonly isUnreachable: boolean;

  constructor(message: string, { isUnreachable = false, ...options }: ErrorOptions & { readonly isUnreachable?: boolean } = {}) {
    super(message, options);
    this.isUnreachable = isUnreachable;
  }
}

/** A record of OSV has some kilobytes; the largest one hundred times that. */
export const mostRecordBytes = 16 * 1024 * 1024;
