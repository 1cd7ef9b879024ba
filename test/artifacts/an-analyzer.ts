/** An analyzer as small as can be: of `.js` files outside node_modules, it takes every line `call SERVICE OPERATION`. */
import type { Analyzer, ArtifactHints } from "../../shared/artifacts/analyzer.ts";
import type { CodeSummary, SdkCall } from "../../shared/model/code.ts";

export interface TestAnalyzer extends Analyzer<CodeSummary> {
  /** What it was asked, each time. */
  readonly asked: ArtifactHints[];
}

export function anAnalyzer(version = 1): TestAnalyzer {
  const asked: ArtifactHints[] = [];
  return {
    kind: "lines",
    version,
    asked,
    wantsFile: (path) => path.endsWith(".js") && !path.includes("node_modules/"),
    read(files, hints) {
      asked.push(hints);
      const calls = files.flatMap(({ path, text }) =>
        text.split("\n").flatMap((line, i): SdkCall[] => {
          if (line === "break the reader") throw new Error("the reader broke");
          const [, client = "", operation = ""] = /^call (\w+) (\w+)$/.exec(line) ?? [];
          return client === "" ? [] : [{ client, operation, parameters: [], confidence: "high", at: `${path}:${i + 1}` }];
        }),
      );
      return { language: "javascript", calls, unresolved: [], unread: [], files: files.length };
    },
  };
}
