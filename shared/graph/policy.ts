/**
 * What a resource policy lets in from outside. Conditions are weighed: a condition that somebody on the open internet cannot
 * meet at will (account, organization, source ARN, address, VPC) makes `Principal: *` not public; a referer, a user agent or
 * a date is no such thing, but dates expire. Pure.
 */
import { type HopAuth, outside } from "../model/graph.ts";
import {
  accountKeys,
  accountOf,
  conditionsOf,
  endpointKeys,
  isCurrent,
  isNarrowing,
  isOfAnyAccount,
  listOf,
  networkKeys,
  organizationKeys,
  organizationsOf,
  type Statement,
  serviceKeys,
  valuesOf,
} from "./policy-conditions.ts";
import { speaksOf, throughDenials } from "./policy-denials.ts";
import { matches } from "./policy-match.ts";

export interface PolicyContext {
  readonly account: string;
  readonly now: Date;
}

/** One way in that a statement opens. */
export interface Grant {
  /** `internet`, `account:ID`, `organization:ID`, or `service:PRINCIPAL` for an AWS service. */
  readonly who: string;
  /** How the caller is known where who is outside; `network` where only addresses or a VPC are let in. */
  readonly auth: HopAuth;
  readonly sid: string;
  /** Actions as written, lower case, wildcards kept. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** For services: aws:SourceArn values, lower-cased operators resolved; empty: any resource of the service (confused deputy). */
  readonly sourceArns: readonly string[];
  readonly sourceAccounts: readonly string[];
  /** Every condition key that is asked, lower case. */
  readonly conditionKeys: readonly string[];
  /** Lambda: kinds of function URL (`NONE`, `AWS_IAM`) to which the statement is limited; empty: not limited. */
  readonly urlAuthTypes: readonly string[];
}

/** Statements of a policy document given as JSON text (also with every quote and slash escaped, as API Gateway answers) or object. */
export function statementsOf(policy: unknown): Statement[] {
  if (policy === undefined || policy === null || policy === "") return [];
  let document: unknown = policy;
  if (typeof policy === "string") {
    try {
      document = JSON.parse(policy);
    } catch {
      document = JSON.parse(JSON.parse(`"${policy}"`) as string);
    }
  }
  const statements = (document as { Statement?: unknown }).Statement;
  return (Array.isArray(statements) ? statements : statements ? [statements] : []) as Statement[];
}

/** One call that is asked about: `s3:GetObject` on `arn:aws:s3:::photos/*`. */
export interface Asked {
  readonly action: string;
  /** What a statement about every resource means here. Absent: the statements were chosen by resource already. */
  readonly resource?: string;
}

/** Ways in that the Allow statements of `policy` open for one action, as far as its Deny statements leave them open. */
export function grantsOf(policy: unknown, context: PolicyContext, { action, resource = "*" }: Asked): Grant[] {
  const about = statementsOf(policy).filter((statement) => isCurrent(statement, context.now) && speaksOf(statement, action));
  const denials = about.filter((statement) => statement.Effect === "Deny");
  return about
    .filter((statement) => statement.Effect === "Allow")
    .flatMap((statement) => grantsOfStatement(statement, context))
    .flatMap((grant) => throughDenials(grant, denials, resource))
    .filter(({ who }) => who !== outside.account(context.account));
}

/** True when one of the grant's action patterns covers `action` (`lambda:InvokeFunction`). */
export function allows(grant: Grant, action: string): boolean {
  return grant.actions.some((pattern) => matches(pattern, action.toLowerCase()));
}

function grantsOfStatement(statement: Statement, { account }: PolicyContext): Grant[] {
  const base = {
    sid: statement.Sid ?? "",
    actions: statement.NotAction === undefined ? listOf(statement.Action).map((action) => action.toLowerCase()) : ["*"],
    resources: listOf(statement.Resource),
    sourceArns: valuesOf(statement, "aws:sourcearn"),
    sourceAccounts: valuesOf(statement, "aws:sourceaccount"),
    conditionKeys: conditionsOf(statement).map(({ key }) => key),
    urlAuthTypes: valuesOf(statement, "lambda:functionurlauthtype"),
  };
  const services = servicesOf(statement).map((service): Grant => ({ ...base, who: `service:${service}`, auth: "service" }));
  const callers = principalsOf(statement).flatMap((principal): Grant[] => {
    if (principal === "*") return everybody(statement, account).map((one) => ({ ...base, ...one }));
    const id = accountOf(principal);
    // an origin access identity of CloudFront and the id of a deleted principal name no account
    return /^\d{12}$/.test(id) && id !== account ? [{ ...base, who: outside.account(id), auth: "cross-account" }] : [];
  });
  return [...services, ...callers];
}

/** Whom `Principal: *` really lets in, given the statement's conditions. */
function everybody(statement: Statement, account: string): { readonly who: string; readonly auth: HopAuth }[] {
  const narrowing = conditionsOf(statement).filter(isNarrowing);
  const organization = narrowing.find(({ key }) => organizationKeys.has(key));
  if (organization) return organizationsOf(organization.values);
  const named = narrowing.find(({ key }) => accountKeys.has(key) && key !== "lambda:functionurlauthtype");
  if (named) {
    const ids = new Set(named.values.map(accountOf));
    return [...ids]
      .filter((id) => id !== account && /^\d{12}$/.test(id))
      .map((id) => ({ who: outside.account(id), auth: "cross-account" as const }));
  }
  if (narrowing.some(({ key }) => networkKeys.has(key))) return [{ who: outside.internet, auth: "network" }];
  if (narrowing.some(({ key }) => serviceKeys.has(key) || key === "aws:principaltype" || endpointKeys.has(key))) return [];
  // whoever has an account can have a role or resource of that name
  if (conditionsOf(statement).some(isOfAnyAccount)) return [{ who: outside.internet, auth: "cross-account" }];
  return [{ who: outside.internet, auth: "none" }];
}

/** AWS principals; an Allow with NotPrincipal lets everybody else in. */
function principalsOf(statement: Statement): string[] {
  if (statement.NotPrincipal !== undefined) return ["*"];
  const { Principal } = statement;
  if (typeof Principal === "string") return [Principal];
  return listOf((Principal as { AWS?: unknown } | undefined)?.AWS);
}

function servicesOf({ Principal }: Statement): string[] {
  return typeof Principal === "object" && Principal !== null ? listOf((Principal as { Service?: unknown }).Service) : [];
}
