/** Which file an import or the handler's setting names. */

/** Tests are not what runs. They are left out where nothing says which file is the handler. */
export function isTest(path: string): boolean {
  return /(^|\/)(tests?|testing)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest|setup|noxfile)\.py$/.test(path);
}

/** The file and the function of `src/orders/app.handler`, `package.module.function`; undefined where none of the files is it. */
export function handlerOf(handler: string | undefined, paths: ReadonlySet<string>): { path: string; name: string } | undefined {
  const [, module, name] = /^(.+)\.([^./]+)$/.exec(handler ?? "") ?? [];
  if (module === undefined || name === undefined) return undefined;
  const file = module.replaceAll(".", "/").replace(/^\/+/, "");
  const path = [`${file}.py`, `${file}/__init__.py`, `python/${file}.py`].find((one) => paths.has(one));
  return path === undefined ? undefined : { path, name };
}

export type Found = { readonly file: string } | { readonly folder: string };

/** A module by name: files of a program, looked up as Python does it and, in a source tree, beside and above whoever imports. */
export class Modules {
  readonly #paths: ReadonlySet<string>;
  readonly #packages: ReadonlySet<string>;
  readonly #folders = new Set<string>();
  readonly #byEnd = new Map<string, string[]>();

  /** @param packages where packages of others begin, without ending: nobody finds what is within one by its last name */
  constructor(paths: ReadonlySet<string>, packages: ReadonlySet<string> = new Set()) {
    this.#paths = paths;
    this.#packages = packages;
    for (const path of paths) {
      const folders = path.split("/").slice(0, -1);
      for (let i = 1; i <= folders.length; i++) this.#folders.add(folders.slice(0, i).join("/"));
      const last =
        path
          .replace(/\/__init__\.py$|\.py$/, "")
          .split("/")
          .at(-1) ?? "";
      this.#byEnd.set(last, [...(this.#byEnd.get(last) ?? []), path]);
    }
  }

  /** @param name dotted, with leading dots where it is relative */
  find(name: string, from: string): Found | undefined {
    const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(name) ?? [];
    const below = rest.replaceAll(".", "/");
    const folder = from.split("/").slice(0, -1);
    if (dots) return this.#at([...folder.slice(0, folder.length - dots.length + 1), ...(below ? [below] : [])].join("/"));
    for (let depth = folder.length; depth >= 0; depth--) {
      const found = this.#at([...folder.slice(0, depth), below].join("/"));
      if (found) return found;
    }
    return this.#elsewhere(below);
  }

  /** Of the module that a file or folder is. */
  below(of: string, name: string): Found | undefined {
    const folder = of.endsWith("/__init__.py") ? of.slice(0, -"/__init__.py".length) : of;
    return this.#at(`${folder}/${name}`);
  }

  #at(place: string): Found | undefined {
    const file = [`${place}.py`, `${place}/__init__.py`].find((path) => this.#paths.has(path));
    if (file !== undefined) return { file };
    return this.#folders.has(place) ? { folder: place } : undefined;
  }

  /** Layers and source folders (`src/`, `python/`) are on Python's path by settings that we do not see: the shortest path wins. */
  #elsewhere(below: string): Found | undefined {
    const [first = ""] = below.split("/");
    for (const place of this.#packages) {
      const found = place.endsWith(`/${first}`) ? this.#at(place + below.slice(first.length)) : undefined;
      if (found) return found;
    }
    const last = below.split("/").at(-1) ?? "";
    const ends = (this.#byEnd.get(last) ?? []).filter((path) => path.endsWith(`/${below}.py`) || path.endsWith(`/${below}/__init__.py`));
    const found = ends.filter((path) => {
      const around = path.replace(/(\/__init__)?\.py$/, "").slice(0, -below.length - 1);
      return ![...this.#packages].some((place) => around === place || around.startsWith(`${place}/`));
    });
    const [shortest] = found.toSorted((one, other) => one.length - other.length);
    return shortest === undefined ? undefined : { file: shortest };
  }
}
