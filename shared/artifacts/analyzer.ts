/**
 * What reads the content of an artifact (the zip of a function's code or of a layer): it names the files it wants and makes a small
 * summary of them. One pass over an artifact serves all analyzers that want something of it; what they learned is kept, the files are not.
 */

/** One file of an artifact. Its path is what the zip says: a name to show and to compare, never one to open. */
export interface ArtifactFile {
  readonly path: string;
  /** Decoded as UTF-8; what is no UTF-8 became U+FFFD. */
  readonly text: string;
}

/** A file that is there and was not read yet. */
export interface ListedFile {
  readonly path: string;
  /** Unpacked, as the zip says. */
  readonly bytes: number;
}

/** What the function says about its code; of a layer there is nothing but the runtime of a function that uses it. */
export interface ArtifactHints {
  /** As Lambda names it: `nodejs24.x`, `python3.13`. */
  readonly runtime?: string;
  /** As the function is configured: `src/orders.handler`. */
  readonly handler?: string;
}

/** @typeParam Summary what is learned, as JSON has it: without dates, maps and undefined members that matter */
export interface Analyzer<Summary = unknown> {
  /** Names what it reads, e.g. `javascript`: part of the key under which its summaries are kept. */
  readonly kind: string;
  /** Of what it understands: with the next number everything is read again, as time allows. */
  readonly version: number;
  /** Whether it wants to see a file. Asked of every name in the zip before anything is fetched. @param sizeBytes unpacked, as the zip says */
  wantsFile(path: string, sizeBytes: number): boolean;
  /**
   * Paths of files that it wants after all, now that it knows the first ones: packages that the code loads. Asked again after each reading until
   * it names none that it has not been given (more-files.ts). Absent: it never wants more.
   * @param below tells the files that lie in folders, at whatever depth
   */
  wantsMore?(
    files: readonly ArtifactFile[],
    below: (folders: readonly string[]) => Promise<readonly ListedFile[]>,
  ): Promise<readonly string[]>;
  /**
   * Makes the summary. Files come in the order of the zip, those that it wanted later behind the others; those that could not be read are left
   * out, and noted in the summary by whoever called. The code is hostile: it is read, never run. What throws costs this artifact, not the scan.
   */
  read(files: readonly ArtifactFile[], hints: ArtifactHints): Summary | Promise<Summary>;
}
