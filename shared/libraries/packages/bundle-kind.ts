/** Whether a file of JavaScript may hold packages that nothing in it names. */

export interface BundleKind {
  /** Why its content is not known; absent where it is code as people write it. */
  readonly why?: string;
}

/** Nobody writes by hand what is longer: one's own code comes in smaller files. */
const largeBytes = 150_000;
const minifiedBytes = 4_000;
const minifiedLine = 350;
const runtimes =
  /__webpack_require__|__nccwpck_require__|\$parcel\$|\b__commonJS\b|\bparcelRequire|getAugmentedNamespace|getDefaultExportFromCjs/;

export function bundleKind(text: string): BundleKind {
  const lines = text.split("\n").length;
  const isMinified = text.length >= minifiedBytes && text.length / lines > minifiedLine;
  if (!isMinified && text.length < largeBytes && !runtimes.test(text)) return {};
  return {
    why: `${isMinified ? "one minified file" : "a bundle"} of ${sizeText(text.length)} without path comments or a source map: ship a CycloneDX file (bom.json) with it`,
  };
}

function sizeText(bytes: number): string {
  return bytes >= 100_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}
