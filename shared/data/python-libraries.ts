/** What packages for Python call on AWS on a program's behalf, as far as is known of their releases of 2026. */

/** Day on which the lists were last looked through. */
export const pythonLibrariesAsOf = "2026-11-27";

/** boto3's name of the service, the operation, and where members of the request come from: `0 name`, `made 0 name` (libraries.ts). */
export type LibraryCall = readonly [service: string, operation: string, members?: Readonly<Record<string, string>>];

const appConfig: readonly LibraryCall[] = [
  ["appconfigdata", "StartConfigurationSession"],
  ["appconfigdata", "GetLatestConfiguration"],
];
const ssmRead: readonly LibraryCall[] = [["ssm", "GetParameter", { Name: "0 name" }]];
const ssmPath: readonly LibraryCall[] = [["ssm", "GetParametersByPath", { Path: "0 path" }]];
const secretRead: readonly LibraryCall[] = [["secretsmanager", "GetSecretValue", { SecretId: "0 name" }]];
const secretWrite: readonly LibraryCall[] = [["secretsmanager", "PutSecretValue", { SecretId: "0 name" }]];
const table = { TableName: "made 0 table_name" };
/** aws-secretsmanager-caching asks which version is the current one, then reads it. */
const cachedSecret: readonly LibraryCall[] = [
  ["secretsmanager", "DescribeSecret", { SecretId: "0 secret_id" }],
  ["secretsmanager", "GetSecretValue", { SecretId: "0 secret_id" }],
];

/** Package -> function, `Class` (what making one calls or will call) or `Class.method` -> calls. */
export const libraryCalls: Readonly<Record<string, Readonly<Record<string, readonly LibraryCall[]>>>> = {
  aws_lambda_powertools: {
    get_parameter: ssmRead,
    get_parameters: ssmPath,
    get_parameters_by_name: [["ssm", "GetParameters", { Names: "0 parameters" }]],
    set_parameter: [["ssm", "PutParameter", { Name: "0 name" }]],
    get_secret: secretRead,
    set_secret: secretWrite,
    get_app_config: appConfig,
    "SSMProvider.get": ssmRead,
    "SSMProvider.get_multiple": ssmPath,
    "SSMProvider.get_parameters_by_name": [["ssm", "GetParameters", { Names: "0 parameters" }]],
    "SSMProvider.set": [["ssm", "PutParameter", { Name: "0 name" }]],
    "SecretsProvider.get": secretRead,
    "SecretsProvider.set": secretWrite,
    "AppConfigProvider.get": appConfig,
    "AppConfigStore.get_configuration": appConfig,
    AppConfigStore: appConfig,
    "DynamoDBProvider.get": [["dynamodb", "GetItem", table]],
    "DynamoDBProvider.get_multiple": [["dynamodb", "Query", table]],
    DynamoDBPersistenceLayer: [
      ["dynamodb", "GetItem", { TableName: "0 table_name" }],
      ["dynamodb", "PutItem", { TableName: "0 table_name" }],
      ["dynamodb", "UpdateItem", { TableName: "0 table_name" }],
      ["dynamodb", "DeleteItem", { TableName: "0 table_name" }],
    ],
    AWSEncryptionSDKProvider: [
      ["kms", "GenerateDataKey", { KeyId: "0 keys" }],
      ["kms", "Decrypt", { KeyId: "0 keys" }],
    ],
  },
  aws_secretsmanager_caching: {
    "SecretCache.get_secret_string": cachedSecret,
    "SecretCache.get_secret_binary": cachedSecret,
  },
  pynamodb: {
    "Model.get": [["dynamodb", "GetItem", table]],
    "Model.refresh": [["dynamodb", "GetItem", table]],
    "Model.query": [["dynamodb", "Query", table]],
    "Model.count": [["dynamodb", "Query", table]],
    "Model.scan": [["dynamodb", "Scan", table]],
    "Model.save": [["dynamodb", "PutItem", table]],
    "Model.update": [["dynamodb", "UpdateItem", table]],
    "Model.delete": [["dynamodb", "DeleteItem", table]],
    "Model.batch_get": [["dynamodb", "BatchGetItem", table]],
    "Model.batch_write": [["dynamodb", "BatchWriteItem", table]],
    "Model.exists": [["dynamodb", "DescribeTable", table]],
    "Model.describe_table": [["dynamodb", "DescribeTable", table]],
    "Model.create_table": [
      ["dynamodb", "CreateTable", table],
      ["dynamodb", "DescribeTable", table],
    ],
    "Model.delete_table": [["dynamodb", "DeleteTable", table]],
    "GlobalSecondaryIndex.query": [["dynamodb", "Query"]],
    "GlobalSecondaryIndex.count": [["dynamodb", "Query"]],
    "GlobalSecondaryIndex.scan": [["dynamodb", "Scan"]],
    "LocalSecondaryIndex.query": [["dynamodb", "Query"]],
    "LocalSecondaryIndex.count": [["dynamodb", "Query"]],
    "LocalSecondaryIndex.scan": [["dynamodb", "Scan"]],
    "TransactGet.get": [["dynamodb", "GetItem"]],
    "TransactWrite.condition_check": [["dynamodb", "ConditionCheckItem"]],
    "TransactWrite.delete": [["dynamodb", "DeleteItem"]],
    "TransactWrite.save": [["dynamodb", "PutItem"]],
    "TransactWrite.update": [["dynamodb", "UpdateItem"]],
  },
};

/** Packages that call AWS in ways that reading does not follow; `withAddress`: only where they are given an address of S3. */
export const unreadLibraries: readonly { readonly names: RegExp; readonly what: string; readonly withAddress?: true }[] = [
  { names: /^awswrangler\./, what: "what awswrangler calls" },
  { names: /^(s3fs|s3path|cloudpathlib)\./, what: "what a file system on S3 calls" },
  {
    names: /^(smart_open|fsspec|pandas|polars|dask|pyarrow|duckdb|geopandas|xarray)\./,
    what: "what is read or written at an address of S3",
    withAddress: true,
  },
  {
    names:
      /^(sagemaker|pyathena|redshift_connector|moto|troposphere|langchain_aws|llama_index|litellm)\.\w*(Session|connect|Bedrock\w*|completion)/,
    what: "what another package calls on AWS",
  },
];

/**
 * Ways to sign requests by hand; `service`: where the name stands under which it is signed, as position and name.
 * `otherwise`: the service where none is given.
 */
export const signers: readonly { readonly names: RegExp; readonly service?: readonly [number, string]; readonly otherwise?: string }[] = [
  { names: /^botocore\.auth\.\w*SigV\w+$/, service: [1, "service_name"] },
  { names: /^(requests_aws4auth|httpx_auth)\.(\w+\.)*AWS4Auth$/, service: [3, "service"] },
  { names: /^aws_requests_auth\.(\w+\.)*BotoAWSRequestsAuth$/, service: [2, "aws_service"] },
  { names: /^aws_requests_auth\.(\w+\.)*AWSRequestsAuth$/, service: [4, "aws_service"] },
  { names: /^requests_auth_aws_sigv4\.AWSSigV4$/, service: [0, "service"] },
  { names: /^httpx_aws_auth\./, service: [9, "service"] },
  {
    names: /\b(AWSV4SignerAuth|RequestsAWSV4SignerAuth|AWSV4SignerAsyncAuth|Urllib3AWSV4SignerAuth)$/,
    service: [2, "service"],
    otherwise: "es",
  },
  { names: /^(requests_aws4auth|aws_requests_auth|requests_auth_aws_sigv4|httpx_aws_auth|requests_iamauth|aws_request_signer)\./ },
];

/** What a request asks that is signed by hand for a service, by the operation's name; `where`: as the file has to write the address. */
export const signedOperations: Readonly<Record<string, readonly { readonly operation: string; readonly where?: RegExp }[]>> = {
  aoss: [{ operation: "APIAccessAll" }],
  appsync: [{ operation: "GraphQL" }],
  // messages to connections of a WebSocket are signed under the name of APIs too, and ask for another action
  "execute-api": [{ operation: "Invoke", where: /^(?![\s\S]*@connections)/ }],
  lambda: [
    // since October 2025 a function's address asks for both
    { operation: "Invoke", where: /\/invocations\b|\blambda-url\b/ },
    { operation: "InvokeFunctionUrl", where: /\blambda-url\b/ },
  ],
  osis: [{ operation: "Ingest" }],
  "vpc-lattice-svcs": [{ operation: "Invoke" }],
};

/** Whether what a package calls is told by these tables, so that its code need not be read. @param name `smart_open` */
export function isTabled(name: string): boolean {
  return (
    Object.hasOwn(libraryCalls, name) ||
    signers.some(({ names }) => names.test(`${name}.AWS4Auth`)) ||
    unreadLibraries.some(({ names }) => names.test(`${name}.Session`))
  );
}

/** Modules that come with Python (3.11), and packages that only keep or wrap what they are given. */
const harmless: ReadonlySet<string> = new Set(
  `builtins backoff cachetools dependency_injector injector inject kink lagom loguru opentelemetry punq retry retrying structlog tenacity
  abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar
  cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg
  crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler
  fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac
  html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox
  mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode
  operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats
  pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select
  selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat
  statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this
  threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest
  urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo`.split(
    /\s+/,
  ),
);

/** Whether a client that is given to a package asks for nothing by it. @param name the first word of the module */
export function isHarmless(name: string): boolean {
  return harmless.has(name);
}
