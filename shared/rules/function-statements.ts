/** What the rules about policies of functions share: which statements, what could not be read, and how to take them out. */
import { parseStatement, type StatementRef, statementText } from "../describe/statement-ref.ts";
import type { Evidence } from "../model/finding.ts";
import type { Resource } from "../model/graph.ts";
import type { ResourceRef } from "../model/resource.ts";
import type { Judgement } from "../model/rule.ts";
import { awsCommand } from "../wording/aws-cli.ts";
import { unknownWhere } from "./from-outside.ts";
import { stackEvidence } from "./unused-resource.ts";

/** What a statement lets through, as `function-access.ts` noted it on the function. */
type StatementKind = "openUrlStatements" | "publicStatements" | "takeoverStatements" | "crossAccountStatements" | "deputyStatements";

export const functionTypes = ["AWS::Lambda::Function"] as const;
export const policyReference = "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html";

/** Statements of one kind; undefined where nothing was read of who may call the function. */
export function statementsOfKind({ details = {} }: Resource, kind: StatementKind): StatementRef[] | undefined {
  const found = details[kind];
  return Array.isArray(found) ? found.map((text) => parseStatement(String(text))) : undefined;
}

/** What a function is where nothing was found: clear, or unknown while part of what would show it is unread. */
export function clearUnlessUnread({ details = {} }: Resource, parts: RegExp): Judgement {
  if (!Array.isArray(details.publicStatements)) return { answer: "unknown", why: "who may call the function was not read" };
  const unread = (Array.isArray(details.unread) ? details.unread : []).map(String).filter((part) => parts.test(part));
  return unread.length > 0 ? { answer: "unknown", why: `${unread.join(", ")} of the function could not be read` } : { answer: "clear" };
}

/** So, and unknown too where it depends on condition keys that cannot be evaluated whom a statement lets in. */
export function clearUnlessUntold(resource: Resource, parts: RegExp): Judgement {
  const judgement = clearUnlessUnread(resource, parts);
  return judgement.answer === "clear" ? (unknownWhere(resource) ?? judgement) : judgement;
}

const verbs: Readonly<Record<string, string>> = { invoke: "call", "take over": "put code into", change: "change", read: "read" };

/** What the statements let do, in words. @param otherwise where findings of earlier versions do not say */
export function verbsOf({ may }: Evidence, otherwise: string): string {
  const words = (Array.isArray(may) ? may : []).flatMap((one) => verbs[String(one)] ?? []);
  // who may put code into it may change and read what there is
  const told = words.includes("put code into") ? words.filter((word) => word === "call" || word === "put code into") : words;
  return told.length === 0 ? otherwise : told.join(" and ");
}

/** The statements as evidence, with the stack of the function and the date of the read. */
export function statementEvidence(statements: readonly StatementRef[], { tags = {}, readAt }: Resource): Evidence {
  return { statements: statements.map(statementText).toSorted(), readAt: readAt ?? null, ...stackEvidence(tags) };
}

export function refsIn(evidence: Evidence): StatementRef[] {
  return Array.isArray(evidence.statements) ? evidence.statements.map((text) => parseStatement(String(text))) : [];
}

/** First the policy as it is, to keep, since there is no undoing; then each statement out of it, once. */
export function removalCommands(evidence: Evidence, { name, region }: ResourceRef): string[] {
  const refs = refsIn(evidence).map(({ sid, qualifier }) => ({ sid, qualifier }));
  const once = [...new Map(refs.map((ref) => [statementText({ sid: ref.sid, ...at(ref.qualifier) }), ref])).values()];
  const qualifiers = [...new Set(once.map(({ qualifier }) => qualifier))];
  return [
    ...qualifiers.map((qualifier) => awsCommand("lambda", "get-policy", { "function-name": name, ...at(qualifier), region })),
    ...once.map(({ sid, qualifier }) =>
      awsCommand("lambda", "remove-permission", { "function-name": name, "statement-id": sid, ...at(qualifier), region }),
    ),
  ];
}

/** A qualifier as an option, where there is one. */
export function at(qualifier: string | undefined): { readonly qualifier?: string } & Record<string, string> {
  return qualifier ? { qualifier } : {};
}
