import type { CodeSummary } from "../../model/code.ts";
import { wantsMore } from "./more-packages.ts";
import { wantsFile } from "./wanted.ts";

/** What reads JavaScript and TypeScript. The parser is loaded with the first file. */
export const javascriptAnalyzer = {
  kind: "javascript",
  /** Of what is understood: with the next number everything is read again. */
  version: 14,
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
