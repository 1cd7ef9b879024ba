/** Who reads the code of which runtime. */
import type { Analyzer } from "../artifacts/analyzer.ts";
import { atMost } from "../artifacts/at-most.ts";
import type { AnalyzerFor } from "../artifacts/kept-artifact.ts";
import { javascriptAnalyzer } from "../code/javascript/analyzer.ts";
import { pythonAnalyzer } from "../code/python/analyzer.ts";
import { ownFiles } from "../code/python/modules.ts";
import type { CodeSummary } from "../model/code.ts";

/** Measured: 50 to 130 MB for each million characters of JavaScript, 100 MB of Python. */
const characters = { javascript: 4_000_000, python: 2_500_000 };

/** By how the names of their runtimes begin. */
const analyzers: Readonly<Record<string, Analyzer<CodeSummary>>> = {
  nodejs: atMost(characters.javascript, javascriptAnalyzer, (files) => files),
  python: atMost(characters.python, pythonAnalyzer, (files) => [...ownFiles(files)].map(([path, text]) => ({ path, text }))),
};

/** The analyzer for `nodejs24.x` or `python3.13`; undefined for a runtime whose code nobody reads. */
export const analyzerFor: AnalyzerFor = (runtime) => Object.entries(analyzers).find(([prefix]) => runtime.startsWith(prefix))?.[1];
