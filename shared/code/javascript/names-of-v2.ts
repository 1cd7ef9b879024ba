/** SDK v2: `AWS.S3`, `new AWS.DynamoDB.DocumentClient().get()`. Names from aws-sdk 2.1692 (27 November 2026). */
import { documentNames, waiterOperation } from "./names-of-v3.ts";
import { clientName, commonMethods, type Operation, upperFirst, type Value } from "./values.ts";

/** Capitalised members of `AWS` that are no clients. */
const noClients =
  /^(Config|Credentials|CredentialProviderChain|Endpoint|HttpClient|HttpRequest|HttpResponse|MetadataService|NodeHttpClient|Request|Response|Service|Signers|Protocol|XML|JSON|Model|EventListeners|ParamValidator|SequentialExecutor|IniLoader|TokenProviderChain|Token|VERSION)$|(Credentials|TokenProvider)$/;

/** Methods of every client that ask AWS for nothing by their own name. */
const noOperations =
  /^(on|once|off|send|config|constructor|defineService|endpoint|isGlobalEndpoint|setEndpoint|setupRequestListeners|customizeRequests|validateService|getSignatureVersion|createSet|addAllRequestListeners|removeAllListeners|removeListener|emit|addNamedListener|addNamedListeners|addListener|listeners|promise|apiVersions|options|api|service|paginationConfig|successfulResponse|retryableError|numRetries|retryDelays)$/;

/** What `AWS.key`, `require("aws-sdk/clients/key")` are. */
export function memberOfV2(key: string): Value | undefined {
  if (key === "default") return { kind: "package", name: "aws-sdk" };
  if (key === "Signers") return { kind: "signer" };
  if (/^(Chainable)?TemporaryCredentials$/.test(key))
    return { kind: "askingClass", operations: [{ client: "sts", operation: "AssumeRole" }], request: 0 };
  if (!/^[A-Z]/.test(key) || noClients.test(key)) return undefined;
  return { kind: "clientClass", client: clientName(key), api: "v2" };
}

/** `AWS.DynamoDB.DocumentClient`, `AWS.S3.ManagedUpload`. */
export function memberOfV2Class(client: string, key: string): Value | undefined {
  if (key === "default") return { kind: "clientClass", client, api: "v2" };
  if (client === "dynamodb" && key === "DocumentClient") return { kind: "clientClass", client, api: "v2document" };
  if (client === "s3" && key === "ManagedUpload") return { kind: "askingClass", operations: uploadOperations, request: 0 };
  if (client === "rds" && key === "Signer") return { kind: "askingClass", operations: [], methods: { getAuthToken: connect } };
  return undefined;
}

const connect = { kind: "asks", operations: [{ client: "rdsdb", operation: "connect" }], request: 0 } as const;

/** What an upload in parts asks for. Giving one up (AbortMultipartUpload) only follows an error and is not counted as needed. */
export const uploadOperations: readonly Operation[] = [
  { client: "s3", operation: "PutObject" },
  { client: "s3", operation: "UploadPart" },
];

/** What a method of a v2 client asks for. `byArgument`: the first argument names the operation, as in `s3.getSignedUrl("getObject")`. */
export function operationsOfV2Method(client: string, document: boolean, name: string): readonly Operation[] | "byArgument" | undefined {
  if (!/^[a-z]\w*$/.test(name) || noOperations.test(name) || commonMethods.test(name)) return undefined;
  if (/^(getSignedUrl|getSignedUrlPromise|makeRequest|makeUnauthenticatedRequest|waitFor)$/.test(name)) return "byArgument";
  if (client === "s3" && name === "upload") return uploadOperations;
  if (client === "s3" && name === "createPresignedPost") return [{ client, operation: "PutObject" }];
  const operation = upperFirst(name);
  return [{ client, operation: document ? (documentNames[operation] ?? operation) : operation }];
}

/** The operation that the first argument of such a method names. */
export function operationOfArgument(client: string, method: string, argument: string): Operation | undefined {
  return method === "waitFor" ? waiterOperation(client, argument) : { client, operation: upperFirst(argument) };
}
