/** A call as its request names things: members resolved by what is known of the function's environment. Pure. */
import { type CodeText, type SdkCall, untold } from "../model/code.ts";

/** Where the code runs; `*` for what is not known. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export const anywhere: Place = { partition: "aws", region: "*", account: "*" };

/** What a variable of the environment stands for. */
export interface Environment {
  /** An ARN, a URL or a name; undefined where it cannot be told. */
  value(name: string): string | undefined;
  /** It is certain that the variable is not set. */
  isUnset(name: string): boolean;
  /** How a variable is written that cannot be told: `*`, or `${env:NAME}` where a person fills it in. @param whole it holds an ARN */
  unknown(name: string, whole?: boolean): string;
}

/** Before deployment nothing is known of the environment: variables stay, for a person to fill in. */
export const noEnvironment: Environment = {
  // Lambda sets these two: to the Region in which the function will run
  value: (name) => (name === "AWS_REGION" || name === "AWS_DEFAULT_REGION" ? anywhere.region : undefined),
  isUnset: () => false,
  unknown: (name, whole) => (whole ? arnVariable(name) : `\${env:${name}}`),
};

/** While ARNs are put together, a variable that holds one differs from all others by its first letters. */
const arnVariable = (name: string): string => `\${arn:${name}}`;

/** An ARN, or a variable that holds one. */
export const isArn = (text: string): boolean => text.startsWith("arn:") || isArnVariable(text);
export const isArnVariable = (text: string): boolean => text.startsWith("${arn:");

/** As a person reads it: `${env:NAME}`, whatever the variable holds. */
export const asWritten = (text: string): string => text.replaceAll("${arn:", "${env:");

/** A request with its members as texts: `*` in them is what could not be told. */
export interface Request {
  readonly place: Place;
  readonly operation: string;
  /** By name, lower case; every value that the code states for it. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

export function requestOf(call: SdkCall, environment: Environment, place: Place): Request {
  const members = new Map<string, string[]>();
  for (const { name, value } of call.parameters) {
    const key = name.toLowerCase();
    members.set(key, [...(members.get(key) ?? []), resolved(value, environment, holdsArn.test(name))]);
  }
  return { place, operation: call.operation, members };
}

export function has({ members }: Request, names: readonly string[]): boolean {
  return names.some((name) => members.has(name.toLowerCase()));
}

/** Values of a member; `otherwise` where the request is known not to have it, `*` where nobody could tell. */
export function valuesOr({ members }: Request, name: string, otherwise: string): readonly string[] {
  return members.get(name.toLowerCase()) ?? [members.has(untold) ? "*" : otherwise];
}

/** Values of the first of these members that says more than nothing; `*` among them is one of a list that could not be told. */
export function valuesOf({ members }: Request, names: readonly string[]): readonly string[] {
  for (const name of names) {
    const values = members.get(name.toLowerCase()) ?? [];
    if (values.some((value) => /[^*]/.test(value))) return values.filter((value) => value !== "");
  }
  return [];
}

/** Members and variables of the environment that are called after the ARN in them. */
const holdsArn = /arns?$/i;

/** Longer texts name nothing. */
const longest = 1024;

function resolved(text: CodeText, environment: Environment, ofArn: boolean): string {
  const alone = text.length === 1;
  const parts = text.map((part) => {
    if ("text" in part) return plain(part.text);
    if ("unknown" in part) return "*";
    const value = environment.value(part.environment);
    if (value !== undefined) return alone ? value : nameIn(value);
    if (part.otherwise !== undefined && environment.isUnset(part.environment)) return plain(part.otherwise);
    return environment.unknown(part.environment, alone && (ofArn || holdsArn.test(part.environment)));
  });
  return parts
    .join("")
    .replace(/\*{2,}/g, "*")
    .slice(0, longest);
}

/** What cannot stand in an ARN stands for anything; `${}` there is a variable of policies, and of S3's forms where it stands in a key. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are meant
  return text.replace(/\$\{[^}]*\}|[\u0000-\u001f\u007f]+/g, "*");
}

/** A variable that is put together with other text holds a name: that of the resource by which it is known. */
function nameIn(value: string): string {
  return value.startsWith("arn:") ? (value.split(/[:/]/).at(-1) ?? "*") : value;
}
