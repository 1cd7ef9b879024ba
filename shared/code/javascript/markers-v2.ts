/**
 * SDK v2 inside a bundle: `AWS.S3 = Service.defineService("s3", ["2006-03-01"])` stays readable whatever the bundler does, since it is names of
 * members and texts. Read from aws-sdk 2.1693 in bundles of esbuild, webpack, rollup and ncc (28 November 2026).
 */
import type { CallExpression } from "acorn";
import type { UnresolvedCall } from "../../model/code.ts";
import { type Node, outermostAround, writtenKey } from "./nodes.ts";
import { clientName, type Value } from "./values.ts";

/** A setting that only version 2 of the SDK reads, in its HTTP handler for Node. */
const markOfV2 = "AWS_NODEJS_CONNECTION_REUSE_ENABLED";
const defines = /\.defineService\(\s*["'](\w+)["']\s*,\s*\[/g;
/** Services that credentials ask: they are in every bundle. */
const ofCredentials = new Set(["sts", "sso", "ssooidc", "cognitoidentity"]);
/** More than these were put into the bundle with all of the SDK. */
const mostSingle = 20;

/** What makes the class of a client; undefined: it is another call. */
export function clientDefinedV2({ callee, arguments: [name, versions] }: CallExpression): Value | undefined {
  if (versions?.type !== "ArrayExpression" || callee.type !== "MemberExpression") return undefined;
  if (writtenKey(callee.property, callee.computed) !== "defineService") return undefined;
  const service = name && writtenKey(name, true);
  return service === undefined ? undefined : { kind: "clientClass", client: clientName(service), api: "v2" };
}

/** What only modules of the SDK itself say: they are built on helpers that programs do not use. */
const ofSdk =
  /\.util\.(?:inherit|arrayEach|memoizedProperty|addPromises|isNode|isBrowser|hoistPayloadMember)\b|\.util\.update\([\w$]+\.\w+\.prototype\b|\.apiLoader\b|\bsetupRequestListeners\b|["']RETRY_CHECK["']|\.endpointCache\b|\bendpointOperation\b|\.Model\.Shape\b|\.parseString(?:Promise)?\s*=/g;
/** No module of it is longer, and every bundle that has it is. */
const longestModule = 150_000;
/** All of it has some hundred modules; to look around each mark takes the longer the larger the file is. */
const mostMarks = 5000;

/** Where modules of version 2 of the SDK stand in a file: from, to, ascending. */
export function modulesOfV2(text: string, tree: Node): readonly (readonly [number, number])[] {
  if (!holdsV2(text)) return [];
  const ranges: (readonly [number, number])[] = [];
  let [last, looked] = [-1, 0];
  for (const { index } of text.matchAll(ofSdk)) {
    if (index < last) continue;
    looked += 1;
    if (looked > mostMarks) break;
    const around = outermostAround(tree, index, longestModule);
    if (!around) continue;
    ranges.push([around.start, around.end]);
    last = around.end;
  }
  return ranges;
}

/** Whether something stands in a function of such a module: nobody has to know what that does. The module itself says which clients there are. */
export function isInModuleOfV2({ ofSdk }: { readonly ofSdk: readonly (readonly [number, number])[] }, { start }: Node): boolean {
  let [low, high] = [0, ofSdk.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ofSdk[middle]?.[1] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const [from = start] = ofSdk[low] ?? [];
  return from < start;
}

/** Whether version 2 of the SDK is in a text. */
export function holdsV2(text: string): boolean {
  return text.includes(markOfV2);
}

/**
 * What is open because version 2 of the SDK is in a file: clients of which no call was found.
 * @param called clients of which calls were found anywhere
 */
export function openOfV2(path: string, text: string, called: ReadonlySet<string>): UnresolvedCall[] {
  if (!holdsV2(text)) return [];
  const at = `${path}:1`;
  const defined = new Set([...text.matchAll(defines)].map(([, name = ""]) => clientName(name)));
  const own = [...defined].filter((client) => !ofCredentials.has(client));
  if (!own.some((client) => called.has(client))) return [{ what: "what is called through version 2 of the SDK that is bundled in", at }];
  const missed = own.length > mostSingle ? [] : own.filter((client) => !called.has(client));
  return missed.map((client) => ({ client, what: `what is called of ${client} through version 2 of the SDK that is bundled in`, at }));
}
