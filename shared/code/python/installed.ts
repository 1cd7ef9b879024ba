/** What of a zip was installed beside the function's own code, as its lists of files and the names of folders tell. */

/** Packages that are often put beside a function's own code; where their release is written down beside them, that tells too. */
const wellKnown =
  /^(boto3|botocore|aiobotocore|aioboto3|s3transfer|jmespath|dateutil|urllib3|requests|certifi|idna|charset_normalizer|chardet|numpy|pandas|pyarrow|scipy|PIL|cryptography|pydantic|pydantic_core|yaml|jinja2|markupsafe|aws_lambda_powertools|aws_xray_sdk|wrapt|sqlalchemy|psycopg2|pymysql|redis|pytz|tzdata|lxml|attr|attrs|jsonschema|google|grpc|fastapi|starlette|flask|werkzeug|click|django|awswrangler|s3fs|fsspec|pynamodb|setuptools|pkg_resources|pip|wheel|_pytest|pytest|moto|datadog_lambda|ddtrace|newrelic|opentelemetry|sentry_sdk|aiohttp|multidict|yarl|anyio|httpx|httpcore|h11|sniffio|simplejson|ujson|orjson|typing_extensions|six|docutils|rsa|pyasn1|colorama|openai|langchain|langchain_core|stripe|twilio|slack_sdk|jose|jwt|mangum|chalice|marshmallow|bs4|openpyxl|xlsxwriter|reportlab|pycparser|cffi|nacl|paramiko|bcrypt|sklearn|joblib|matplotlib|torch|tensorflow|transformers|networkx|nltk|(mypy_boto3|types_boto3|types_aiobotocore)\w*)$/i;
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

/** Whether everybody knows a package by the name of its folder, or its tests or types are meant. */
export function isWellKnown(name: string): boolean {
  return wellKnown.test(name) || /^(tests?|examples?|docs?|scripts|bin)$/.test(name);
}

export function isVendored(path: string): boolean {
  return vendoredFolder.test(path);
}

/** Folders and modules, as paths without ending, that a package brought. */
export function installedBy(path: string, text: string): string[] {
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
