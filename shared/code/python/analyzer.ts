import type { CodeSummary } from "../../model/code.ts";
import { wantsFile } from "./installed.ts";
import { wantsMore } from "./packages.ts";

/** What reads Python. The parser and the tables of boto3 are loaded with the first file. */
export const pythonAnalyzer = {
  kind: "python",
  /** Of what is understood: with the next number everything is read again. */
  version: 7,
  wantsFile,
  wantsMore,
  async read(
    files: readonly { readonly path: string; readonly text: string }[],
    hints: { readonly runtime?: string; readonly handler?: string },
  ): Promise<CodeSummary> {
    const { readCode } = await import("./read-code.ts");
    return readCode(files, hints);
  },
};
