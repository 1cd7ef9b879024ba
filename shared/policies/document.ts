/** A policy as it is asked: its statements with their conditions and principals taken apart once. Pure. */
import { type Condition, conditionsOf, listOf, type Statement } from "./conditions.ts";
import { matches } from "./match.ts";

export interface Principals {
  readonly everybody: boolean;
  /** Account ids, and ARNs of accounts, roles and users. */
  readonly accounts: readonly string[];
  readonly services: readonly string[];
  /** NotPrincipal: all but these. */
  readonly allBut: boolean;
}

export interface PreparedStatement {
  readonly statement: Statement;
  readonly principals: Principals;
  readonly conditions: readonly Condition[];
}

export interface PolicyDocument {
  /** Policy variables are filled in; with the version of 2008 they are text like any other. */
  readonly hasVariables: boolean;
  readonly statements: readonly PreparedStatement[];
}

/** Statements of a policy document given as JSON text (also with every quote and slash escaped, as API Gateway answers) or object. @throws when it is no JSON */
export function statementsOf(policy: unknown): Statement[] {
  const statements = (parsed(policy) as { Statement?: unknown } | null | undefined)?.Statement;
  return (Array.isArray(statements) ? statements : statements ? [statements] : []).filter((one) => typeof one === "object" && one !== null);
}

/** @throws when it is no JSON */
export function documentOf(policy: unknown): PolicyDocument {
  const document = parsed(policy);
  const { Version } = (document ?? {}) as { Version?: unknown };
  return {
    hasVariables: Version === "2012-10-17",
    statements: statementsOf(document).map((statement) => ({
      statement,
      principals: principalsOf(statement),
      conditions: conditionsOf(statement),
    })),
  };
}

function parsed(policy: unknown): unknown {
  if (policy === undefined || policy === null || policy === "") return undefined;
  if (typeof policy !== "string") return policy;
  try {
    return JSON.parse(policy);
  } catch {
    return JSON.parse(JSON.parse(`"${policy}"`) as string);
  }
}

function principalsOf({ Principal, NotPrincipal }: Statement): Principals {
  const written = NotPrincipal ?? Principal;
  const { AWS, Service } = (typeof written === "object" && written !== null ? written : { AWS: written }) as {
    AWS?: unknown;
    Service?: unknown;
  };
  const accounts = listOf(AWS);
  return {
    everybody: accounts.includes("*"),
    accounts: accounts.filter((one) => one !== "*"),
    services: listOf(Service),
    allBut: NotPrincipal !== undefined,
  };
}

/** Whether the statement speaks of `action`, by Action or NotAction. */
export function speaksOf({ Action, NotAction }: Statement, action: string): boolean {
  const asked = action.toLowerCase();
  const among = (patterns: unknown) => listOf(patterns).some((pattern) => matches(pattern.toLowerCase(), asked));
  return NotAction === undefined ? among(Action) : !among(NotAction);
}
