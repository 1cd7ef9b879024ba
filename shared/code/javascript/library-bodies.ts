/**
 * Functions and classes of the SDK and of libraries inside a bundle, known by what a minifier leaves: texts and names of members. What is
 * created in them is no call of the program; calling them is.
 */
import type { Evaluation } from "./evaluation.ts";
import { memberOfPackage } from "./libraries.ts";
import { bodiesAround, type FunctionNode, isFunction, type Node } from "./nodes.ts";
import type { LibraryBody, Program } from "./program.ts";
import type { Module, Scope } from "./scopes.ts";
import { distinct, isOfSdk, type Operation, type Value, type Values } from "./values.ts";

/** A function of a library is at most about this long; what is longer is the bundle around it. */
const longestBody = 9_000;
const lengths = { function: longestBody, pair: longestBody, short: 500, class: 120_000 } as const;

interface Marker {
  readonly text: RegExp;
  /**
   * pair: the innermost function of two parameters or more, since compilers put functions of none or one into functions. short: one that
   * holds nothing else, since minifiers put such functions into those that call them.
   */
  readonly body: "function" | "class" | "pair" | "short";
  readonly is: LibraryBody;
}

function powertools(part: string, name: string): LibraryBody {
  return memberOfPackage(`@aws-lambda-powertools/parameters/${part}`, name) ?? "silent";
}

const markersOfSdk: readonly Marker[] = [
  // a waiter's question and the waiter
  { text: /\{\s*state:\s*[\w$.]+\.(?:RETRY|SUCCESS|FAILURE)\b/g, body: "pair", is: "creations" },
  { text: /\{\s*state:\s*[\w$."]+,\s*reason\b/g, body: "pair", is: "creations" },
  { text: /\{\s*minDelay:\s*[\w.]+,\s*maxDelay:\s*[\w.]+\s*(?:,\s*\.\.\.|\})/g, body: "pair", is: "creations" },
  // paginators until 3.3xx
  { text: /Invalid client, expected /g, body: "pair", is: "creations" },
  { text: /\.UnprocessedKeys\s*[;,]\s*yield/g, body: "function", is: "creations" },
  // methods of aggregated clients until 3.3xx, and of DynamoDBDocument
  { text: /Expect http options but get/g, body: "function", is: "creations" },
  { text: /Expected http options but got/g, body: "function", is: "silent" },
  // what gives aggregated clients their methods, and what asks for a waiter again and again
  { text: /\.prototype\[[\w$]+\]\s*={2,3}\s*void 0|void 0\s*={2,3}\s*[\w$]+\.prototype\[/g, body: "pair", is: "silent" },
  { text: /AbortController signal aborted\./g, body: "pair", is: "silent" },
  { text: /\{\s*client:\s*this\s*\}/g, body: "function", is: "creations" },
  // what clients, commands, protocols and schemas are made of
  { text: /\bstatic classBuilder\(|["']@smithy\/nor["']|\bcompositeErrorRegistry\b|\bgetErrorCtor\(/g, body: "class", is: "silent" },
  { text: /\bdeserializeHttpMessage\(|\bwriteEventBody\(|\bcacheMiddleware\b[^}]{0,300}\bhandlers\b/g, body: "class", is: "silent" },
  // sessions of S3 Express
  { text: /\bexpectContinueHeader\s*:/g, body: "function", is: "silent" },
  // credentials
  {
    text: /Temporary credential requires multi-factor/g,
    body: "pair",
    is: memberOfPackage("@aws-sdk/credential-providers", "fromTemporaryCredentials") ?? "silent",
  },
  { text: /Invalid response from STS\.assumeRole/g, body: "pair", is: "silent" },
  { text: /__uploadUsingPut\b/g, body: "class", is: memberOfPackage("@aws-sdk/lib-storage", "Upload") ?? "silent" },
  {
    text: /\bConditions\s*(?::\s*[\w$]+\s*)?=\s*\[\],\s*Fields/g,
    body: "function",
    is: memberOfPackage("@aws-sdk/s3-presigned-post", "createPresignedPost") ?? "silent",
  },
];

/** These can be in a bundle that has the SDK outside. */
const markersOfLibraries: readonly Marker[] = [
  {
    text: /Signature version 4 presigned URLs(?:" \+ ")? must have an expiration date/g,
    body: "class",
    is: { kind: "signer", inside: true },
  },
  { text: /\bgetParametersBatchByName\b/g, body: "class", is: powertools("ssm", "SSMProvider") },
  { text: /\bconfigurationTokenStore\b/g, body: "class", is: powertools("appconfig", "AppConfigProvider") },
  { text: /["']ssm["']\)[\s\S]{0,240}?\.ssm\.get\(\s*([\w$]+)\s*[,)]/g, body: "short", is: powertools("ssm", "getParameter") },
  { text: /["']ssm["']\)[\s\S]{0,240}?\.ssm\.getMultiple\(\s*([\w$]+)\s*[,)]/g, body: "short", is: powertools("ssm", "getParameters") },
  {
    text: /["']ssm["']\)[\s\S]{0,240}?\.ssm\.getParametersByName\(\s*([\w$]+)\s*[,)]/g,
    body: "short",
    is: powertools("ssm", "getParametersByName"),
  },
  { text: /["']ssm["']\)[\s\S]{0,240}?\.ssm\.set\(\s*([\w$]+)\s*[,)]/g, body: "short", is: powertools("ssm", "setParameter") },
  { text: /["']secrets["']\)[\s\S]{0,240}?\.secrets\.get\(\s*([\w$]+)\s*[,)]/g, body: "short", is: powertools("secrets", "getSecret") },
  {
    text: /["']appconfig["']\)[\s\S]{0,240}?\.appconfig\.get\(\s*([\w$]+)\s*[,)]/g,
    body: "short",
    is: powertools("appconfig", "getAppConfig"),
  },
];

/** Whether the SDK is in a text: then the markers of what belongs to it are looked for. */
export function holdsSdk(text: string): boolean {
  return text.includes("middlewareStack") && /Client["'],\s*["']|makeBuilder|classBuilder|resolveMiddleware/.test(text);
}

/** Writes down which functions and classes of a file belong to libraries. `sdk`: whether any file of the bundle holds the SDK. */
export function markLibraryBodies(program: Program, text: string, tree: Node, sdk: boolean): void {
  for (const { text: marker, body, is } of sdk ? [...markersOfSdk, ...markersOfLibraries] : markersOfLibraries) {
    for (const match of text.matchAll(marker)) {
      const around = bodiesAround(tree, match.index).filter((node) => node.end - node.start < lengths[body]);
      // a short one that was put into another one, as minifiers do, is not the other one
      const within = body === "short" ? around.slice(0, 1) : around;
      const found = within.find((node) => (isFunction(node) ? fits(body, node, match[1]) : body === "class"));
      if (found && !program.libraryBodies.has(found)) program.libraryBodies.set(found, is);
    }
  }
}

/** `given`: what a short function must pass on as its first parameter. */
function fits(body: Marker["body"], { params }: FunctionNode, given: string | undefined): boolean {
  if (body === "short") return params[0]?.type === "Identifier" && params[0].name === given;
  return body === "function" || (body === "pair" && params.length > 1);
}

/** Whether something is in a function or class of a library. */
export function isInLibrary({ libraryBodies }: Program, scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent)
    if ((at.fn && libraryBodies.has(at.fn)) || (at.cls && libraryBodies.has(at.cls))) return true;
  return false;
}

/** What a function or class of a library stands for. */
export function valueOfLibraryBody(evaluation: Evaluation, node: Node, body: LibraryBody, scope: Scope): Values {
  if (body === "silent") return [];
  if (body !== "creations") return [body];
  const operations = operationsIn(evaluation, node, scope.module);
  return operations.length > 0 ? [{ kind: "asks", operations, request: isMethod(scope) ? 0 : 1 }] : [];
}

/** A method gets the request first, a function the client. */
function isMethod(scope: Scope): boolean {
  return scope.cls !== undefined;
}

/** What is created in a body, or in the functions of libraries that it is given or calls. */
function operationsIn(evaluation: Evaluation, node: Node, module: Module): readonly Operation[] {
  const inside = (one: { readonly node: Node; readonly scope: Scope }) =>
    one.scope.module === module && one.node.start >= node.start && one.node.end <= node.end;
  const created = evaluation.program.creations.filter(inside).flatMap((one) => evaluation.of(one.node.callee, one.scope));
  // what its parameters are given says nothing: `update` and `get` are called everywhere
  const calls = created.some(isOfSdk) ? [] : evaluation.program.calls;
  const called = calls
    .filter(inside)
    .flatMap((one) =>
      [one.node.callee, ...one.node.arguments].flatMap((part) => (part.type === "Identifier" ? evaluation.of(part, one.scope) : [])),
    );
  const values: Value[] = [...created, ...called];
  const operations = distinct(values.filter(isOfSdk)).flatMap((value) =>
    value.kind === "command" ? [{ client: value.client, operation: value.operation }] : value.kind === "asks" ? value.operations : [],
  );
  return operations.filter(
    (one, index) => operations.findIndex((other) => other.client === one.client && other.operation === one.operation) === index,
  );
}

/** Whether nothing inside of a function or class of a library has to be known. */
export function isTold(body: LibraryBody | undefined): boolean {
  return body !== undefined && body !== "creations";
}
