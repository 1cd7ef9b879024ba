import type { CodeSummary } from "../../model/code.ts";
import { wantsFile } from "./wanted.ts";

interface File {
  readonly path: string;
  readonly text: string;
}

type Below = (folders: readonly string[]) => Promise<readonly { readonly path: string; readonly bytes: number }[]>;

/** What reads JavaScript and TypeScript. The parser, and what else it takes, is loaded with the first file. */
export const javascriptAnalyzer = {
  kind: "javascript",
  /** Of what is understood: with the next number everything is read again. */
  version: 15,
  wantsFile,
  async wantsMore(files: readonly File[], below: Below): Promise<readonly string[]> {
    return (await import("./more-packages.ts")).wantsMore(files, below);
  },
  async read(files: readonly File[], hints: { readonly runtime?: string; readonly handler?: string }): Promise<CodeSummary> {
    const { readCode } = await import("./read-code.ts");
    return readCode(files, hints);
  },
};
