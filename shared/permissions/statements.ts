/**
 * The statements of a principal's policies, taken apart once. What is written there is hostile: a statement that cannot be understood grants
 * nothing, and is named. Source: IAM user guide, "Grammar of the IAM JSON policy language". Pure.
 */
import type { PolicyText } from "../model/principal.ts";
import { type Condition, conditionsOf, type Statement } from "../policies/conditions.ts";

export interface ResourcePattern {
  readonly pattern: string;
  /** A policy variable stood in it whose value is not known: it is a star in the pattern, and only perhaps so. */
  readonly loose: boolean;
}

export interface GrantStatement {
  readonly allow: boolean;
  /** Lower case. */
  readonly actions: readonly string[];
  /** The same as they are written. */
  readonly written: readonly string[];
  /** NotAction: all but these. */
  readonly allBut: boolean;
  readonly resources: readonly ResourcePattern[];
  /** NotResource: everywhere but here. */
  readonly elsewhere: boolean;
  readonly conditions: readonly Condition[];
  /** The conditions as written, JSON; absent: none. */
  readonly conditionText?: string;
  /** `policy orders-inline, statement 2` */
  readonly where: string;
}

export interface Statements {
  readonly statements: readonly GrantStatement[];
  /** Statements and documents that could not be understood, with why. */
  readonly broken: readonly string[];
}

/** Value of a policy variable for the principal: a text, `absent`, or undefined where nobody here knows. */
export type VariableOf = (name: string) => string | undefined;
export const absentVariable = "\u0000absent";

/** AWS takes no policy longer than this; what is longer did not come from there. */
const longestDocument = 200_000;

export function statementsIn(policies: readonly PolicyText[], variableOf: VariableOf): Statements {
  const each = policies.map(({ name, document }) => remembered(name, document, variableOf));
  return { statements: each.flatMap(({ statements }) => statements), broken: each.flatMap(({ broken }) => broken) };
}

const known = new Map<string, Statements>();
const rememberedAtMost = 5_000;

/** A managed policy is that of many roles; only what variables fill in differs. */
function remembered(name: string, document: string, variableOf: VariableOf): Statements {
  if (document.includes("${")) return takenApart(name, document, variableOf);
  const key = `${name}\n${document}`;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= rememberedAtMost) known.clear();
  const made = takenApart(name, document, variableOf);
  known.set(key, made);
  return made;
}

function takenApart(name: string, document: string, variableOf: VariableOf): Statements {
  const statements: GrantStatement[] = [];
  const broken: string[] = [];
  const where = `policy ${name}`;
  try {
    if (document.length > longestDocument) throw new Error("longer than any policy of AWS");
    const { Version, Statement } = objectOf(JSON.parse(document), "document");
    const list = Array.isArray(Statement) ? Statement : [Statement];
    for (const [n, written] of list.entries()) {
      const place = `${where}, statement ${n + 1}`;
      try {
        statements.push(statementOf(objectOf(written, "statement"), place, Version === "2012-10-17" ? variableOf : undefined));
      } catch (error) {
        broken.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } catch (error) {
    broken.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { statements, broken };
}

function statementOf(written: Readonly<Record<string, unknown>>, where: string, variableOf: VariableOf | undefined): GrantStatement {
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = written;
  if (Effect !== "Allow" && Effect !== "Deny") throw new Error("Effect is neither Allow nor Deny");
  if ((Action === undefined) === (NotAction === undefined)) throw new Error("it needs one of Action and NotAction");
  if ((Resource === undefined) === (NotResource === undefined)) throw new Error("it needs one of Resource and NotResource");
  const asWritten = textsOf(Action ?? NotAction, "Action");
  const resources = textsOf(Resource ?? NotResource, "Resource").flatMap((text) => patternOf(text, variableOf));
  const conditions = Condition === undefined ? [] : conditionsOf({ Condition: checked(Condition) });
  return {
    allow: Effect === "Allow",
    actions: asWritten.map((one) => one.toLowerCase()),
    written: asWritten,
    allBut: NotAction !== undefined,
    resources,
    elsewhere: NotResource !== undefined,
    conditions,
    ...(conditions.length > 0 ? { conditionText: JSON.stringify(Condition) } : {}),
    where,
  };
}

function checked(condition: unknown): NonNullable<Statement["Condition"]> {
  const operators = objectOf(condition, "Condition");
  for (const [operator, keys] of Object.entries(operators)) {
    for (const values of Object.values(objectOf(keys, operator))) {
      const list = Array.isArray(values) ? values : [values];
      if (list.some((one) => typeof one === "object")) throw new Error(`the values of ${operator} are no texts`);
    }
  }
  return operators as NonNullable<Statement["Condition"]>;
}

/** None where a variable has no value: then the statement is about nothing there. */
function patternOf(text: string, variableOf: VariableOf | undefined): ResourcePattern[] {
  if (!text.includes("${") || !variableOf) return [{ pattern: text, loose: false }];
  let loose = false;
  let nothing = false;
  const pattern = text.replaceAll(/\$\{([^{},]*)(?:,\s*'([^']*)')?\s*\}/g, (_, written: string, otherwise: string | undefined) => {
    const name = written.trim().toLowerCase();
    // the sign itself, which no ARN that we compare with has
    if (/^[*?$]$/.test(name)) return "\u0002";
    const value = variableOf(name);
    if (value === undefined) loose = true;
    else if (value !== absentVariable) return value;
    else if (otherwise !== undefined) return otherwise;
    else nothing = true;
    return "*";
  });
  return nothing ? [] : [{ pattern, loose }];
}

function textsOf(value: unknown, name: string): string[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new Error(`${name} is empty`);
  if (list.some((one) => typeof one !== "string" || one === "")) throw new Error(`${name} is not a list of texts`);
  return list as string[];
}

function objectOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`the ${name} is no object`);
  return value as Record<string, unknown>;
}
