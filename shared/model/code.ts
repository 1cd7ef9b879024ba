/**
 * What the deployed code asks of AWS, as read from it without running it. Kept once per code (CodeSha256 or layer version) in the blob
 * store; the code itself never is.
 */
import type { Confidence } from "./finding.ts";

/**
 * A text as the code puts it together, left to right: what is written there, what a variable of the environment holds when it runs, and
 * what could not be told.
 */
export type CodeText = readonly CodeTextPart[];
export type CodeTextPart =
  | { readonly text: string }
  /** `process.env.NAME`, `os.environ["NAME"]`; `otherwise` is what the code takes where it is not set. */
  | { readonly environment: string; readonly otherwise?: string }
  | { readonly unknown: true };

/** One operation of AWS that the code calls. */
export interface SdkCall {
  /**
   * The client by the SDK's own name, lower case letters and digits only: `dynamodb`, `cloudwatchlogs` (JavaScript), `logs` (boto3),
   * `stepfunctions`. data/sdk-services.ts knows which service of IAM it is.
   */
  readonly client: string;
  /** As the API has it: `GetItem`. What a library adds is undone: `GetCommand` of lib-dynamodb is `GetItem`. */
  readonly operation: string;
  /**
   * Named members of the request, also nested ones, that the code states: `TableName`, `Bucket`, `Key`, `RoleArn`, `FunctionName`. First of them
   * `untold` where it may have others that could not be told.
   */
  readonly parameters: readonly { readonly name: string; readonly value: CodeText }[];
  /** high: the call stands in the code; medium: a client and its method could only be matched by name; low: it is there, but perhaps only as part of a library. */
  readonly confidence: Confidence;
  /** Where it stands: `src/orders.mjs:41`. */
  readonly at: string;
}

/** The name under which a request says that nobody could tell all of its members: what is not listed is then not absent. */
export const untold = "...";

/** A call to AWS of which it could not be told what it calls: the list of calls is then not whole. */
export interface UnresolvedCall {
  /** The client by the SDK's own name, where that much is known: then only this service has more calls than are listed. */
  readonly client?: string;
  /** In words: `client of a name put together at run time`. */
  readonly what: string;
  readonly at: string;
}

/** What was learned from one zip: a function's code or a layer's content. */
export interface CodeSummary {
  readonly language: "javascript" | "python" | "unknown";
  readonly calls: readonly SdkCall[];
  readonly unresolved: readonly UnresolvedCall[];
  /** Files that could not be read, with why: the list of calls is then not whole. */
  readonly unread: readonly { readonly file: string; readonly why: string }[];
  /** How many files of code were read. */
  readonly files: number;
}

/** What is known of the code of one function. */
export interface FunctionCode {
  /** Its own code; absent where it was not read. */
  readonly code?: CodeSummary;
  /** Its layers, each by the ARN of its version: weaker evidence, for a layer holds more than one function calls. */
  readonly layers: readonly { readonly arn: string; readonly code?: CodeSummary; readonly unread?: string }[];
  /** Why its code was not read: an image, reading is switched off, left for the next scan, a refused zip. */
  readonly unread?: string;
}
