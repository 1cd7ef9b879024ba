/** As much of yauzl as the bench calls. */
declare module "yauzl" {
  import type { Readable } from "node:stream";
  export interface Entry {
    readonly fileName: string;
  }
  export interface ZipFile {
    readEntry(): void;
    openReadStream(entry: Entry, done: (error: Error | null, stream: Readable) => void): void;
    on(event: "entry", hear: (entry: Entry) => void): this;
    on(event: "end", hear: () => void): this;
    on(event: "error", hear: (error: Error) => void): this;
  }
  export function fromBuffer(
    bytes: Buffer,
    options: { readonly lazyEntries: boolean },
    done: (error: Error | null, zip: ZipFile) => void,
  ): void;
}
