/** Who reads the code of which runtime, and who lists the packages of any. */
import type { Analyzer, ArtifactFile } from "../artifacts/analyzer.ts";
import { atMost } from "../artifacts/at-most.ts";
import type { AnalyzerFor, ImageLister, Lister } from "../artifacts/kept-artifact.ts";
import { javascriptAnalyzer } from "../code/javascript/analyzer.ts";
import { withoutModels } from "../code/javascript/models-of-v2.ts";
import { pythonAnalyzer } from "../code/python/analyzer.ts";
import { filesRead } from "../code/python/packages.ts";
import { packagesOfImage } from "../libraries/packages/image-packages.ts";
import { type LayerContents, layerInspector, namesLengthOf } from "../libraries/packages/layer-contents.ts";
import { packageInspector } from "../libraries/packages/package-inspector.ts";
import type { CodeSummary } from "../model/code.ts";
import type { PackageList } from "../model/packages.ts";
import type { Watchdog } from "./watchdog.ts";

/** Measured: 50 to 130 MB for each million characters of JavaScript, 100 MB of Python. */
const characters = { javascript: 3_800_000, python: 2_500_000 };

/** What of the files is parsed. */
const parsedOf = (files: readonly ArtifactFile[]) => files.map((file) => ({ ...file, text: withoutModels(file.text) }));

/** By how the names of their runtimes begin. */
const analyzers: Readonly<Record<string, Analyzer<CodeSummary>>> = {
  nodejs: atMost(characters.javascript, javascriptAnalyzer, parsedOf),
  python: atMost(characters.python, pythonAnalyzer, filesRead),
};

/** The analyzer for `nodejs24.x` or `python3.13`; undefined for a runtime whose code nobody reads. */
export const analyzerFor: AnalyzerFor = (runtime) => Object.entries(analyzers).find(([prefix]) => runtime.startsWith(prefix))?.[1];

/** Of the readers of packages together. With the next number every artifact is listed again; what the last ones found is used meanwhile. */
const packageReaders = 4;

export const packageLister: Lister<PackageList> = { version: packageReaders, inspector: packageInspector() };

/** Of the readers of layers: with the next number, or the next of the readers of packages, every layer is read again. */
const layerReaders = 2;

export const imageLister: ImageLister<LayerContents, PackageList> = {
  version: packageReaders * 1000 + layerReaders,
  inspector: layerInspector(),
  charactersIn: namesLengthOf,
  merge: packagesOfImage,
};

/** What a scan that reads code is given. @param images false: container images are not read */
export function codeReaders({ images }: { readonly images: boolean }): Pick<Watchdog, "analyzerFor" | "packageLister" | "imageLister"> {
  return { analyzerFor, packageLister, ...(images ? { imageLister } : {}) };
}
