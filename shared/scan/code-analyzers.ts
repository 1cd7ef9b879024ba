/** Who reads the code of which runtime. */
import type { Analyzer } from "../artifacts/analyzer.ts";
import type { AnalyzerFor } from "../artifacts/kept-artifact.ts";
import { javascriptAnalyzer } from "../code/javascript/analyzer.ts";
import { pythonAnalyzer } from "../code/python/analyzer.ts";
import type { CodeSummary } from "../model/code.ts";

/** By how the names of their runtimes begin. */
const analyzers: Readonly<Record<string, Analyzer<CodeSummary>>> = { nodejs: javascriptAnalyzer, python: pythonAnalyzer };

/** The analyzer for `nodejs24.x` or `python3.13`; undefined for a runtime whose code nobody reads. */
export const analyzerFor: AnalyzerFor = (runtime) => Object.entries(analyzers).find(([prefix]) => runtime.startsWith(prefix))?.[1];
