/**
 * What a function's policy lets in, as relations to the function. Statements that only serve a function URL are left to
 * function-url.ts (`lambda:InvokeFunctionUrl`, and `lambda:InvokeFunction` on the condition that the call comes by the URL).
 *
 * `lambda:InvokeFunction` for everybody is a door from the internet of level cross-account: such calls are signed, so whoever
 * makes them is some AWS account, not anybody without one.
 * Source: Lambda developer guide, "Viewing resource-based IAM policies in Lambda". Pure.
 */
import { outside, type Relation } from "../../model/graph.ts";
import { parseArn } from "../../model/resource.ts";
import { allows, type Grant, grantsOf } from "../policy.ts";
import { statementText } from "./statement-ref.ts";

export interface Place {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly now: Date;
}

/** The policy of a function, or of one alias or version of it, as JSON text. */
export interface FunctionPolicy {
  readonly qualifier?: string;
  readonly policy: string;
}

export interface PolicyDescription {
  readonly relations: readonly Relation[];
  readonly publicStatements: readonly string[];
  /** Of those, the ones by which anybody may put other code into the function. */
  readonly takeoverStatements: readonly string[];
  readonly crossAccountStatements: readonly string[];
  /** Of services that any account's resource may come through. */
  readonly deputyStatements: readonly string[];
}

/** Services whose resources in anybody's account could name this function; for the others AWS knows no such condition. */
const deputies =
  /^(apigateway|cloudfront|codecommit|cognito-idp|config|elasticloadbalancing|events|iot|lex|lexv2|logs|s3|secretsmanager|ses|sns)\.amazonaws\.com(\.cn)?$/;
/** Conditions that tie a service to its owner; SES and Alexa have keys of their own. */
const ties = [
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceowner",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "lambda:eventsourcetoken",
  "aws:principalorgid",
];

export function describePolicy(functionArn: string, { qualifier, policy }: FunctionPolicy, place: Place): PolicyDescription {
  const description = {
    relations: [] as Relation[],
    publicStatements: [] as string[],
    takeoverStatements: [] as string[],
    crossAccountStatements: [] as string[],
    deputyStatements: [] as string[],
  };
  for (const grant of grantsOf(policy, place, { action: "lambda:InvokeFunction", resource: functionArn })) {
    if (!invokesDirectly(grant)) continue;
    const ref = { sid: grant.sid, ...(qualifier ? { qualifier } : {}) };
    const { who, auth } = grant;
    if (who.startsWith("service:")) {
      description.relations.push(...ofService(functionArn, grant, evidenceOf(grant, qualifier), place));
      const service = who.slice("service:".length);
      for (const owner of foreignOwners(grant, place)) description.crossAccountStatements.push(statementText({ ...ref, who: owner }));
      const tied = grant.conditionKeys.some((key) => ties.includes(key));
      if (!tied && deputies.test(service)) description.deputyStatements.push(statementText({ ...ref, who: service }));
      continue;
    }
    // a token in the condition (Alexa) is known to one caller only
    if (grant.conditionKeys.includes("lambda:eventsourcetoken")) continue;
    const known = auth === "none" ? "cross-account" : auth;
    description.relations.push(relation(who, functionArn, "invokes", known, evidenceOf(grant, qualifier)));
    if (who !== outside.internet) description.crossAccountStatements.push(statementText({ ...ref, who }));
    else if (auth !== "network") {
      description.publicStatements.push(statementText(ref));
      if (allows(grant, "lambda:UpdateFunctionCode")) description.takeoverStatements.push(statementText(ref));
    }
  }
  return description;
}

/** `lambda:InvokeFunction` for its own sake, not for calls by a function URL. */
function invokesDirectly(grant: Grant): boolean {
  const byUrl = grant.conditionKeys.includes("lambda:invokedviafunctionurl") || grant.urlAuthTypes.length > 0;
  // CloudFront only ever calls function URLs
  return !byUrl && !grant.who.startsWith("service:cloudfront.");
}

/** A service of this account brings what its resource was given; one of another account is a door of that account. */
function ofService(functionArn: string, grant: Grant, evidence: string, place: Place): Relation[] {
  const { who, sourceArns } = grant;
  if (sourceArns.length === 0) {
    const doors = foreignOwners(grant, place).map((owner) => relation(owner, functionArn, "invokes", "cross-account", evidence));
    return doors.length > 0 ? doors : [{ ...relation(who, functionArn, "invokes", "service", evidence), inferred: true }];
  }
  return sourceArns.flatMap((arn) => {
    // `log-group:NAME:*` is how a log group is written in permissions
    const source = arn.replace(/(:log-group:[^:]+):\*$/, "$1");
    const [owner] = foreignOwners({ ...grant, sourceArns: [source] }, place);
    const invokes = relation(source, functionArn, "invokes", "service", evidence);
    return owner ? [relation(owner, source, "publishes-to", "cross-account", evidence), invokes] : [invokes];
  });
}

/** Other accounts whose resources the statement names: by their ARNs, or by aws:SourceAccount where an ARN names none. */
function foreignOwners({ sourceArns, sourceAccounts }: Grant, { account }: Place): string[] {
  const owners = sourceArns.length === 0 ? sourceAccounts : sourceArns.map((arn) => parseArn(arn)?.account || (sourceAccounts[0] ?? ""));
  return [...new Set(owners.filter((id) => /^\d{12}$/.test(id) && id !== account))].map(outside.account);
}

export function evidenceOf({ sid }: Pick<Grant, "sid">, qualifier: string | undefined): string {
  return `lambda:GetPolicy, statement ${sid}${qualifier ? ` of ${qualifier}` : ""}`;
}

function relation(from: string, to: string, kind: Relation["kind"], auth: Relation["auth"], evidence: string): Relation {
  return { from, to, kind, auth, enabled: true, evidence };
}
