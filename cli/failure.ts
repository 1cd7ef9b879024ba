/** What an error means for the person and for the exit code. One line each, with the next step in it. */
import { CommanderError } from "commander";
import { closest } from "fastest-levenshtein";
import { codeOf, isCredentialsError, operationOf, statusOf } from "../shared/aws/errors.ts";
import { cleanText } from "../shared/model/plain-text.ts";
import { commandName } from "./terminal.ts";

export const exitCodes = { done: 0, findings: 1, usage: 2, cannotStart: 3, incomplete: 4, interrupted: 130 } as const;

export interface Failure {
  /** Absent where it has been said already. */
  readonly line?: string;
  /** Where several things are wrong at once, the others: a line each. */
  readonly more?: readonly string[];
  readonly exitCode: number;
}

/** By name, so that telling what went wrong does not load what could have. */
const wrongArguments = new Set(["UsageError", "DecisionRefusedError", "RecordingError", "ForeignTableError", "TableMissingError"]);

/** The line for standard error and the exit code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.usage };
  if (error instanceof Error && error.name === "UnknownRegionError") {
    return { line: withNearestRegion(error.message), exitCode: exitCodes.usage };
  }
  if (error instanceof Error && error.name === "SettingsError") {
    const [line = "", ...more] = error.message.split("\n");
    return { line, ...(more.length > 0 ? { more } : {}), exitCode: exitCodes.usage };
  }
  if (error instanceof Error && wrongArguments.has(error.name)) return { line: error.message, exitCode: exitCodes.usage };
  if (isCredentialsError(error)) return { line: credentialsLine(error), exitCode: exitCodes.cannotStart };
  return { line: otherLine(error), exitCode: exitCodes.cannotStart };
}

/** The message names the Region asked for first, the enabled ones after it. */
function withNearestRegion(message: string): string {
  const [asked, ...enabled] = message.match(/[a-z]{2}(?:-[a-z]+)+-\d+/g) ?? [];
  return asked && enabled.length > 0 ? `${message}; did you mean ${closest(asked, enabled)}?` : message;
}

function credentialsLine(error: unknown): string {
  const code = codeOf(error);
  const said = error instanceof Error ? cleanText(error.message, 160) : "";
  const operation = operationOf(error) ?? "sts:GetCallerIdentity";
  if (code === "RequestTimeTooSkewed") return `${operation}: AWS does not accept this machine's time (${code}: ${said}): set its clock`;
  if (/Expired|TokenRefresh/.test(code))
    return `${operation}: the session has expired (${code}): sign in again (aws sso login, or your own way)`;
  if (code === "CredentialsProviderError") {
    return `${operation}: no AWS credentials (${said}): sign in (aws sso login), set AWS_PROFILE or give --profile; or look at the sample account, which needs none: ${commandName} scan --replay sample`;
  }
  return `${operation}: AWS does not accept these credentials (${code}: ${said}): check AWS_PROFILE, --profile and the AWS_* variables`;
}

function otherLine(error: unknown): string {
  if (!(error instanceof Error)) return cleanText(String(error), 400);
  const operation = operationOf(error);
  const message = cleanText(error.message, 400);
  if (/\bENOSPC\b|no space left/i.test(message)) return `${message}: the disk is full; make room, then do it again`;
  if (statusOf(error) === "denied") {
    const action = operation ?? /perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? "the call";
    return `${action} refused (${codeOf(error)}: ${message}): allow ${action} to these credentials; "smalltarget permissions" prints the whole policy`;
  }
  if (isNetwork(error))
    return `${operation ?? "AWS"} cannot be reached (${codeOf(error)}: ${message}): check the network, the Region and AWS_ENDPOINT_URL`;
  return operation ? `${operation} failed (${codeOf(error)}: ${message}); try again, or add --debug to see where` : message;
}

function isNetwork(error: Error): boolean {
  const codes = ["code" in error ? String(error.code) : "", error.name];
  return codes.some((code) => /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError)$/.test(code));
}
