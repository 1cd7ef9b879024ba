/**
 * What a resource policy lets in from outside. It is asked, not weighed: whoever may be outside (nobody knows who, from anywhere or from a
 * named address, through an endpoint; some AWS account; an account or organization that the policy names; a service for any of them)
 * makes concrete requests, and the policy's statements answer. See decision 0012. Pure.
 */
import type { HopAuth } from "../model/graph.ts";
import { PolicyAsker } from "./asker.ts";
import { conditionsOf, listOf, valuesOf } from "./conditions.ts";
import { documentOf, type PolicyDocument, type PreparedStatement, speaksOf } from "./document.ts";
import { matches } from "./match.ts";
import type { Facts } from "./requests.ts";

export interface PolicyContext {
  readonly account: string;
  readonly now: Date;
  /** The service takes no call without a signature: nobody is anonymous. */
  readonly signedOnly?: boolean;
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
  /** For services: values of aws:SourceArn as written; empty: any resource of the service. */
  readonly sourceArns: readonly string[];
  readonly sourceAccounts: readonly string[];
  /** For services: others whose resources the service may act for, and whether those are anybody's (confused deputy). */
  readonly owners: readonly string[];
  readonly anybodys: boolean;
  /** Only through endpoints of VPCs of the own account. */
  readonly throughOwnEndpoint?: true;
  /** Every condition key that is asked, lower case. */
  readonly conditionKeys: readonly string[];
  /** Lambda: kinds of function URL (`NONE`, `AWS_IAM`) to which the statement is limited; empty: not limited. */
  readonly urlAuthTypes: readonly string[];
}

/** A statement of which cannot be told whom it lets in. */
export interface Untold {
  readonly sid: string;
  /** Condition keys that could not be evaluated, lower case. */
  readonly keys: readonly string[];
}

export interface PolicyAnswer {
  readonly grants: readonly Grant[];
  readonly untold: readonly Untold[];
}

/** One call that is asked about: `s3:GetObject` on `arn:aws:s3:::photos/*`. */
export interface Asked {
  readonly action: string;
  /** ARN; a star at its end stands for everything below. Absent, or `*`: statements were chosen by resource already. */
  readonly resource?: string;
  /** What is certain of every such call (`aws:securetransport`: `false`). */
  readonly facts?: Facts;
}

/** Answers about one policy; calls about which the same statements speak are asked once. @throws when the policy is no JSON */
export function policyReader(policy: unknown, context: PolicyContext): (asked: Asked) => PolicyAnswer {
  const document = documentOf(policy);
  const answers = new Map<string, PolicyAnswer>();
  return (asked) => {
    const about = document.statements.flatMap(({ statement }, n) => (speaksOf(statement, asked.action) ? [n] : []));
    const key = JSON.stringify([about, asked.resource, asked.facts]);
    const known = answers.get(key);
    if (known) return known;
    const answer = answerAbout(
      document,
      about.flatMap((n) => document.statements[n] ?? []),
      context,
      asked,
    );
    answers.set(key, answer);
    return answer;
  };
}

/** Ways in that the Allow statements of `policy` open for one action, as far as its Deny statements leave them open. @throws when it is no JSON */
export function grantsOf(policy: unknown, context: PolicyContext, asked: Asked): Grant[] {
  return [...policyReader(policy, context)(asked).grants];
}

/** True when one of the grant's action patterns covers `action` (`lambda:InvokeFunction`). */
export function allows(grant: Grant, action: string): boolean {
  return grant.actions.some((pattern) => matches(pattern, action.toLowerCase()));
}

/** Whether the policy turns away even the own account's principals, whatever else they may. @returns "unknown" where a condition cannot be evaluated */
export function refusesOwn(policy: unknown, context: PolicyContext, asked: Asked): boolean | "unknown" {
  const document = documentOf(policy);
  const about = document.statements.filter(({ statement }) => speaksOf(statement, asked.action));
  // whatever the account's own policies allow, as if this policy allowed it too
  const everything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
  const [allow] = documentOf({ Statement: everything }).statements;
  if (!allow) return false;
  const asker = new PolicyAsker({ document, allow, denials: deniesOf(about), context, asked });
  const answer = asker.own();
  return answer === "unknown" ? answer : !answer;
}

function answerAbout(document: PolicyDocument, about: readonly PreparedStatement[], context: PolicyContext, asked: Asked): PolicyAnswer {
  const denials = deniesOf(about);
  const grants: Grant[] = [];
  const untold: Untold[] = [];
  for (const allow of about.filter(({ statement }) => statement.Effect === "Allow")) {
    const asker = new PolicyAsker({ document, allow, denials, context, asked });
    const sid = allow.statement.Sid ?? "";
    for (const way of asker.ways()) grants.push({ ...written(allow), ...way });
    if (asker.untold.length > 0) untold.push({ sid, keys: asker.untold });
  }
  return { grants, untold };
}

function deniesOf(about: readonly PreparedStatement[]): PreparedStatement[] {
  return about.filter(({ statement }) => statement.Effect === "Deny");
}

/** What the statement itself says. */
function written({ statement }: PreparedStatement): Omit<Grant, "who" | "auth" | "owners" | "anybodys" | "throughOwnEndpoint"> {
  return {
    sid: statement.Sid ?? "",
    actions: statement.NotAction === undefined ? listOf(statement.Action).map((action) => action.toLowerCase()) : ["*"],
    resources: listOf(statement.Resource),
    sourceArns: valuesOf(statement, "aws:sourcearn"),
    sourceAccounts: valuesOf(statement, "aws:sourceaccount"),
    conditionKeys: conditionsOf(statement).map(({ key }) => key),
    urlAuthTypes: valuesOf(statement, "lambda:functionurlauthtype"),
  };
}
