/** A role's statements as they are written, so that parts of them can be written again. Pure. */
import type { Principal } from "../model/principal.ts";
import type { PolicyCondition } from "../model/proposal.ts";
import { listOf, type Statement } from "../policies/conditions.ts";
import { statementsOf } from "../policies/document.ts";
import { matches } from "../policies/match.ts";

export interface WrittenStatement {
  readonly allow: boolean;
  /** Patterns, lower case. */
  readonly actions: readonly string[];
  readonly allBut: boolean;
  readonly resources: readonly string[];
  readonly elsewhere: boolean;
  readonly condition?: PolicyCondition;
  /** `policy orders-inline, statement 2` */
  readonly where: string;
}

/** What can be read of the role's policies: a statement that cannot be understood grants nothing. */
export function writtenStatements({ policies }: Principal): readonly WrittenStatement[] {
  return policies.flatMap(({ name, document }) => {
    const { Version, statements } = parsed(document);
    return statements.flatMap((statement, n) => {
      const one = written(statement, `policy ${name}, statement ${n + 1}`);
      return one ? [Version === "2012-10-17" ? one : withoutVariables(one)] : [];
    });
  });
}

function parsed(document: string): { readonly Version?: unknown; readonly statements: readonly Statement[] } {
  try {
    const { Version } = JSON.parse(document) as { Version?: unknown };
    return { Version, statements: statementsOf(document) };
  } catch {
    return { statements: [] };
  }
}

function written({ Effect, Action, NotAction, Resource, NotResource, Condition }: Statement, where: string): WrittenStatement | undefined {
  const actions = listOf(Action ?? NotAction).map((action) => action.toLowerCase());
  const resources = listOf(Resource ?? NotResource);
  if ((Effect !== "Allow" && Effect !== "Deny") || actions.length === 0 || resources.length === 0) return undefined;
  if ((Action !== undefined && NotAction !== undefined) || (Resource !== undefined && NotResource !== undefined)) return undefined;
  const condition = Condition && Object.keys(Condition).length > 0 ? { condition: Condition } : {};
  return {
    allow: Effect === "Allow",
    actions,
    allBut: NotAction !== undefined,
    resources,
    elsewhere: NotResource !== undefined,
    ...condition,
    where,
  };
}

/** In the version of 2008 a variable is text like any other; what is written now is of the version that fills it in. */
function withoutVariables(statement: WrittenStatement): WrittenStatement {
  const text = JSON.stringify(statement);
  return JSON.parse(text.replace(/\$\{/g, "$${$$}{")) as WrittenStatement;
}

/** @param action in any case */
export function speaksOf({ actions, allBut }: WrittenStatement, action: string): boolean {
  const asked = action.toLowerCase();
  return actions.some((pattern) => matches(pattern, asked)) !== allBut;
}

/** The pattern with a star for each policy variable: it stands for at least what is meant. */
export function loosened(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}/g, "*");
}
