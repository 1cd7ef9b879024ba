/** Which files are the function's own code, and which of them an import or the handler's setting names. */

/** Packages that are often put beside a function's own code; where their release is written down beside them, that tells too. */
const wellKnown =
  /^(boto3|botocore|aiobotocore|aioboto3|s3transfer|jmespath|dateutil|urllib3|requests|certifi|idna|charset_normalizer|chardet|numpy|pandas|pyarrow|scipy|PIL|cryptography|pydantic|pydantic_core|yaml|jinja2|markupsafe|aws_lambda_powertools|aws_xray_sdk|wrapt|sqlalchemy|psycopg2|pymysql|redis|pytz|tzdata|lxml|attr|attrs|jsonschema|google|grpc|fastapi|starlette|flask|werkzeug|click|django|awswrangler|s3fs|fsspec|pynamodb|setuptools|pkg_resources|pip|wheel|_pytest|pytest|moto|datadog_lambda|ddtrace|newrelic|opentelemetry|sentry_sdk|aiohttp|multidict|yarl|anyio|httpx|httpcore|h11|sniffio|simplejson|ujson|orjson|typing_extensions|six|docutils|rsa|pyasn1|colorama|openai|langchain|langchain_core|stripe|twilio|slack_sdk|jose|jwt|mangum|chalice|marshmallow|bs4|openpyxl|xlsxwriter|reportlab|pycparser|cffi|nacl|paramiko|bcrypt|sklearn|joblib|matplotlib|torch|tensorflow|transformers|networkx|nltk)$/i;
const vendoredFolder =
  /(^|\/)(site-packages|dist-packages|node_modules|\.venv|venv|\.tox|__pycache__|\.git|_vendor|vendored|cdk\.out|\.aws-sam)\//;
/** Largest file that is read; a million characters of Python are no handler. */
const largest = 1_000_000;
const release = /(^|\/)([^/]+)\.(dist-info|egg-info)\/(top_level\.txt|RECORD)$/;

/** Files of a zip that are worth reading: Python, and the lists of what installed packages brought. */
export function wantsFile(path: string, size: number): boolean {
  if (
    vendoredFolder.test(path) ||
    path
      .split("/")
      .slice(0, -1)
      .some((folder) => wellKnown.test(folder))
  )
    return false;
  return (path.endsWith(".py") || release.test(path)) && size > 0 && size <= largest;
}

/** Own code among the files: neither installed packages nor their tests. */
export function ownFiles(files: readonly { readonly path: string; readonly text: string }[]): Map<string, string> {
  const installed = files.flatMap(({ path, text }) => installedBy(path, text));
  const under = (path: string) => installed.some((place) => path === `${place}.py` || path.startsWith(`${place}/`));
  const own = files.filter(({ path }) => path.endsWith(".py") && wantsFile(path, 1) && !under(path));
  return new Map(own.map(({ path, text }) => [path, text]));
}

/** Folders and modules, as paths without ending, that a package brought. */
function installedBy(path: string, text: string): string[] {
  const [, before, name = "", , list] = /^(.*\/)?([^/]+)\.(dist-info|egg-info)\/([^/]+)$/.exec(path) ?? [];
  if (list === undefined) return [];
  const folder = before ?? "";
  if (list === "top_level.txt") return text.split(/\s+/).flatMap((module) => (module ? [`${folder}${module}`] : []));
  const named = name
    .replace(/-\d.*$/, "")
    .replaceAll("-", "_")
    .toLowerCase();
  const tops = text.split("\n").flatMap((row) => /^"?([^/",.][^/",]*)(?:\/|\.py[,"])/.exec(row)?.[1] ?? []);
  return [...new Set([...tops, named])].filter((top) => !top.includes(".dist-info")).map((top) => `${folder}${top}`);
}

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
  readonly #folders = new Set<string>();
  readonly #byEnd = new Map<string, string[]>();

  constructor(paths: ReadonlySet<string>) {
    this.#paths = paths;
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
    const last = below.split("/").at(-1) ?? "";
    const ends = (this.#byEnd.get(last) ?? []).filter((path) => path.endsWith(`/${below}.py`) || path.endsWith(`/${below}/__init__.py`));
    const [shortest] = ends.toSorted((one, other) => one.length - other.length);
    return shortest === undefined ? undefined : { file: shortest };
  }
}
