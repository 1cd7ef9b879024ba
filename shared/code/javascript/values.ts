/** What an expression can stand for, as far as it matters here. Several at once where the code decides when it runs. */
import type { CallExpression, NewExpression } from "acorn";
import type { ClassNode, FunctionNode, Node } from "./nodes.ts";
import type { Module, Scope } from "./scopes.ts";

export type Values = readonly Value[];

/** An operation of a client, both as SdkCall has them. */
export interface Operation {
  readonly client: string;
  readonly operation: string;
}

/**
 * How the methods of a client are called. plain: it has none (`send(new Command())`); whole: one per operation (`new SQS()`, v2);
 * document: one per operation of the document client.
 */
export type Api = "plain" | "whole" | "document" | "v2" | "v2document";

export type Value =
  /** All that a package gives: `require("@aws-sdk/client-s3")`. */
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "module"; readonly module: Module }
  /** A module inside a bundle: its function. `called`: what gives the module when it is called, as esbuild writes `require_x()`. */
  | { readonly kind: "bundled"; readonly node: FunctionNode; readonly scope: Scope; readonly called?: true }
  /** A class of which every instance asks for an operation. `guess`: found by the name of a member only. */
  | ({ readonly kind: "command"; readonly guess?: true } & Operation)
  /** What makes the commands of a client: `makeBuilder(parameters, "AmazonSQS", "SQSClient", plugin)`. */
  | { readonly kind: "builder"; readonly client: string }
  | { readonly kind: "clientClass"; readonly client: string; readonly api: Api }
  | { readonly kind: "client"; readonly client: string; readonly api: Api; readonly guess?: true }
  /**
   * A function that asks for operations when it is called; `request`: which of its arguments is the request, `as`: its name where it is
   * no object, `listed`: the member of its options that lists requests by names of the program's own, `unknown`: what it is, where nobody
   * here knows what it asks for.
   */
  | {
      readonly kind: "asks";
      readonly operations: readonly Operation[];
      readonly request?: number;
      readonly as?: string;
      readonly listed?: string;
      readonly unknown?: string;
    }
  /** A class whose instances ask for operations: at once, or by their methods. */
  | { readonly kind: "askingClass"; readonly operations: readonly Operation[]; readonly request?: number; readonly methods?: Methods }
  | { readonly kind: "asking"; readonly methods: Methods }
  /** A method of a client that was taken off it. */
  | { readonly kind: "method"; readonly client: string; readonly api: Api; readonly name: string; readonly guess?: true }
  /** What signs requests for a service that its options name; `inside`: it is in the bundle, where the SDK uses it as well. */
  | { readonly kind: "signer"; readonly inside?: true }
  | { readonly kind: "object"; readonly node: Node; readonly scope: Scope }
  /** `new Map()`, and without keys a set or the values of a map. */
  | { readonly kind: "map"; readonly node: NewExpression; readonly scope: Scope; readonly keyed: boolean }
  /** What `map`, `flatMap` and `concat` of a list give: a list that does not stand in the text. */
  | { readonly kind: "list"; readonly node: CallExpression; readonly scope: Scope }
  | { readonly kind: "function"; readonly node: FunctionNode; readonly scope: Scope }
  | { readonly kind: "class"; readonly node: ClassNode; readonly scope: Scope }
  | { readonly kind: "instance"; readonly node: ClassNode; readonly scope: Scope };

/** Method -> what it asks for. */
export type Methods = Readonly<Record<string, Extract<Value, { kind: "asks" }> | undefined>>;

export const nothing: Values = [];

/** Methods of lists, texts, promises and functions: no client has an operation of such a name. */
export const commonMethods =
  /^(map|filter|forEach|flatMap|reduce|reduceRight|find|findIndex|some|every|includes|indexOf|push|pop|shift|unshift|splice|slice|concat|join|sort|reverse|keys|values|entries|flat|at|then|catch|finally|call|apply|bind|next|return|throw|toString|toLowerCase|toUpperCase|trim|split|replace|replaceAll|startsWith|endsWith|match|has|add|clear|on|once|emit|hasOwnProperty)$/;

/** Whether a value has to do with AWS. */
export function isOfSdk(value: Value): boolean {
  return (
    !["module", "bundled", "object", "map", "list", "function", "class", "instance", "package"].includes(value.kind) ||
    (value.kind === "package" && isSdkPackage(value.name))
  );
}

export function isSdkPackage(name: string): boolean {
  return name.startsWith("@aws-sdk/") || name === "aws-sdk" || name.startsWith("aws-sdk/");
}

/** Without what is there twice. */
export function distinct(values: Values): Values {
  if (values.length < 2) return values;
  const seen = new Set<unknown>();
  return values.filter((value) => {
    const key = "node" in value ? value.node : JSON.stringify(value, (name, part) => (name === "module" ? part.path : part));
    return !seen.has(key) && seen.add(key);
  });
}

/** The client of SdkCall for a name of the SDK: `@aws-sdk/client-cloudwatch-logs`, `CloudWatchLogsClient`, `AWS.CloudWatchLogs`. */
export function clientName(name: string): string {
  return name
    .replace(/^@aws-sdk\/client-/, "")
    .replace(/Client$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}

export function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What creating an instance gives. */
export function instanceOf(value: Value): Values {
  if (value.kind === "clientClass") return [{ kind: "client", client: value.client, api: value.api }];
  if (value.kind === "askingClass") return value.methods ? [{ kind: "asking", methods: value.methods }] : nothing;
  if (value.kind === "class") return [{ ...value, kind: "instance" }];
  // `new AWS.S3()` of a captured AWS; a function that is called with `new` is a class of the older kind
  return nothing;
}
