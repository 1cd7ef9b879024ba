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

/** `PyYAML-5.1-py3.9.egg-info/PKG-INFO` or the same as a file; undefined where the version is not in the name. */
export function eggOf(path: string): PythonDistribution | undefined {
  const [, name, version] = /(?:^|\/)([^/-]+)-(\d[^/-]*)(?:-py\d[^/]*)?\.egg-info(?:\/PKG-INFO)?$/.exec(path) ?? [];
  return name !== undefined && version !== undefined ? { name: normalizedPythonName(name), version } : undefined;
}

/** What a package carries of another: `pip/_vendor/urllib3/__init__.py`, `setuptools/_vendor/six.py`. */
export function vendoredOf(path: string): string | undefined {
  const [, folder, file] = /(?:^|\/)_vendor\/(?:(\w+)\/__init__\.py|(\w+)\.py)$/.exec(path) ?? [];
  const name = folder ?? file;
  return name === undefined || name.startsWith("_") ? undefined : name;
}
