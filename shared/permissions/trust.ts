/** Who may take a role, as its trust policy says. Pure. */
import type { Principal } from "../model/principal.ts";
import { listOf } from "../policies/conditions.ts";
import { documentOf, type PreparedStatement, speaksOf } from "../policies/document.ts";
import { all, any, not, type Verdict } from "../policies/operators.ts";
import { type Asking, type Caller, conditionsHold } from "./asking.ts";

/** A role's trust policy, taken apart once. */
export class Trust {
  readonly #statements: readonly PreparedStatement[];

  constructor({ trustPolicy }: Principal) {
    this.#statements = safely(trustPolicy).filter(({ statement }) => speaksOf(statement, "sts:AssumeRole"));
  }

  /** Services that may take it: `lambda.amazonaws.com`. */
  get services(): readonly string[] {
    const named = this.#statements.flatMap(({ statement, principals }) =>
      statement.Effect === "Allow" && !principals.allBut ? principals.services : [],
    );
    return [...new Set(named.map((one) => one.replace(/\.cn$/, "")))];
  }

  /** Only services may take it. */
  get onlyServices(): boolean {
    return this.#statements.every(
      ({ statement, principals }) =>
        statement.Effect !== "Allow" || (!principals.allBut && !principals.everybody && principals.accounts.length === 0),
    );
  }

  /**
   * Whether `caller`, a principal of the same account, may take it. `named`: the policy names the caller itself, so that no policy of the
   * caller's has to allow it; `byArn`: only by its ARN, so that a role's boundary has to. Sources: IAM user guide, "Cross-account resource access"
   * (same account) and "Permissions boundaries for IAM entities" (resource-based policies).
   */
  takes(caller: Caller, asking: Asking): { readonly verdict: Verdict; readonly named: boolean; readonly byArn: boolean } {
    const about = this.#statements.filter(({ principals }) => isAmong(principals, caller) !== principals.allBut);
    const holds = ({ conditions }: PreparedStatement) => conditionsHold(conditions, caller, asking);
    const of = (effect: string) => about.filter(({ statement }) => statement.Effect === effect);
    const verdict = all([any(of("Allow").map(holds)), not(any(of("Deny").map(holds)))]);
    const naming = of("Allow").filter(
      (one) => (one.principals.everybody || one.principals.accounts.includes(caller.principal.arn)) && holds(one) === true,
    );
    return { verdict, named: naming.length > 0, byArn: !naming.some(({ principals }) => principals.everybody) };
  }
}

function isAmong({ everybody, accounts }: PreparedStatement["principals"], { principal, account }: Caller): boolean {
  if (everybody) return true;
  return accounts.some((one) => one === principal.arn || one === account || one.endsWith(`:iam::${account}:root`));
}

/** What is no policy lets nobody in. */
function safely(trustPolicy: string): readonly PreparedStatement[] {
  try {
    return documentOf(trustPolicy).statements;
  } catch {
    return [];
  }
}

/** Federations that may take it, beside services and accounts. */
export function hasFederation({ trustPolicy }: Principal): boolean {
  return safely(trustPolicy).some(
    ({ statement }) => listOf((statement.Principal as { Federated?: unknown } | undefined)?.Federated).length > 0,
  );
}
