/** Statements of a policy and their conditions as written. Pure. */

export interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Condition {
  /** As written, lower case: `foranyvalue:stringnotlikeifexists`. */
  readonly operator: string;
  /** The comparison alone, without what says how absent or several values count: `stringnotlike`. */
  readonly base: string;
  /** How several values of the request count; absent for keys with one value. */
  readonly set?: "all" | "any";
  /** Whoever does not send the key passes. */
  readonly ifExists: boolean;
  /** Lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

export function conditionsOf(statement: Statement): Condition[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([written, tests]) => {
    const operator = written.toLowerCase();
    const [, set, base = operator, ifExists] = /^(?:for(all|any)values?:)?(.+?)(ifexists)?$/.exec(operator) ?? [];
    return Object.entries(tests ?? {}).map(([key, values]): Condition => {
      const asked = { operator, base, ifExists: ifExists !== undefined, key: key.toLowerCase(), values: listOf(values) };
      return set === "all" || set === "any" ? { ...asked, set } : asked;
    });
  });
}

/** Values of a key that the statement asks for, not those that it turns away. */
export function valuesOf(statement: Statement, key: string): string[] {
  return conditionsOf(statement).flatMap((condition) => (condition.key === key && !condition.base.includes("not") ? condition.values : []));
}

/** The account that an id or an ARN names, as written there: it may be a pattern, or nothing. */
export function accountOf(value: string): string {
  return /^\d{12}$/.test(value) ? value : (value.split(":")[4] ?? "");
}

export function isEverybody(principal: unknown): boolean {
  return principal === "*" || listOf((principal as { AWS?: unknown } | undefined)?.AWS).includes("*");
}

export function listOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
