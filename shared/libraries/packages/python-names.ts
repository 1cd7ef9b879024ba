/** What the names of files say about Python packages. */

/** PEP 503: runs of `-`, `_` and `.` are one hyphen, letters are small. */
export function normalizedPythonName(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}

export interface PythonDistribution {
  readonly name: string;
  readonly version: string;
}

/** `requests-2.32.3.dist-info/METADATA`: the folder is `{name}-{version}`, in which neither holds a hyphen (PyPA, "Recording installed projects"). */
export function distributionOf(path: string): PythonDistribution | undefined {
  const [, name, version] = /(?:^|\/)([^/-]+)-([^/-]+)\.dist-info\/[^/]+$/.exec(path) ?? [];
  return name !== undefined && version !== undefined ? { name: normalizedPythonName(name), version } : undefined;
}
