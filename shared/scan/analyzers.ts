/** Who reads the code of which runtime. What reads it is loaded with the first file. */
import type { Analyzer } from "../artifacts/analyzer.ts";
import { atMost } from "../artifacts/at-most.ts";
import type { AnalyzerFor } from "../artifacts/kept-artifact.ts";
import { javascriptAnalyzer } from "../code/javascript/analyzer.ts";
import { pythonAnalyzer } from "../code/python/analyzer.ts";
import type { CodeSummary } from "../model/code.ts";

/** Measured, in a process of 180 MB that stays below 400: 50 to 70 MB for each million characters of JavaScript, 100 MB of Python. */
const characters = { javascript: 3_000_000, python: 2_500_000 };

/** By how the names of their runtimes begin. */
const analyzers: Readonly<Record<string, Analyzer<CodeSummary>>> = {
  nodejs: atMost(characters.javascript, javascriptAnalyzer, async (files) => {
    const [{ withoutModels }, { weightOf }] = await Promise.all([
      import("../code/javascript/models-of-v2.ts"),
      import("../code/javascript/weight.ts"),
    ]);
    return files.map((file) => {
      const text = withoutModels(file.text);
      return { file: { ...file, text }, weight: weightOf(text) };
    });
  }),
  python: atMost(characters.python, pythonAnalyzer, async (files) => {
    const { filesRead } = await import("../code/python/packages.ts");
    return filesRead(files).map((file) => ({ file, weight: file.text.length }));
  }),
};

/** The analyzer for `nodejs24.x` or `python3.13`; undefined for a runtime whose code nobody reads. */
export const analyzerFor: AnalyzerFor = (runtime) => Object.entries(analyzers).find(([prefix]) => runtime.startsWith(prefix))?.[1];
