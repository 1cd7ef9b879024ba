import type { CodeSummary } from "../../model/code.ts";
import { wantsFile } from "./installed.ts";

interface File {
  readonly path: string;
  readonly text: string;
}

type Below = (folders: readonly string[]) => Promise<readonly { readonly path: string; readonly bytes: number }[]>;

/** What reads Python. The parser and the tables of boto3 are loaded with the first file. */
export const pythonAnalyzer = {
  kind: "python",
  /** Of what is understood: with the next number everything is read again. */
  version: 8,
  wantsFile,
  async wantsMore(files: readonly File[], below: Below): Promise<readonly string[]> {
    return (await import("./packages.ts")).wantsMore(files, below);
  },
  async read(files: readonly File[], hints: { readonly runtime?: string; readonly handler?: string }): Promise<CodeSummary> {
    const { readCode } = await import("./read-code.ts");
    return readCode(files, hints);
  },
};
