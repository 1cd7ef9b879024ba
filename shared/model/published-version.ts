/** Published versions of a function: what callers of an alias get, whatever becomes of the function itself. */

/** One version behind at least one alias. */
export interface PublishedVersion {
  readonly version: string;
  /** Aliases that lead to it, wholly or with a share of the calls. */
  readonly aliases: readonly string[];
  /** Absent for images. */
  readonly runtime?: string;
  readonly handler?: string;
  readonly timeoutSeconds: number;
  readonly codeSha256?: string;
  readonly layers?: readonly string[];
}

export interface PublishedVersions {
  readonly versions: readonly PublishedVersion[];
  /** Why some may be missing, in words: refused, or left for the next scan. */
  readonly unread?: string;
  /** Nobody asked for aliases in this scan: then the function itself is all that can be judged. */
  readonly notAsked?: true;
}

/** The version by which the timeout is judged, where it has another one than the function itself. */
export interface BehindAlias {
  readonly version: string;
  readonly aliases: readonly string[];
  /** Timeout of the function itself ($LATEST). */
  readonly latestTimeoutSeconds: number;
}
