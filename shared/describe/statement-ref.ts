/** One statement of a function's policy as a detail of the function: `SID`, or `SID@QUALIFIER` where an alias or version has it. */

export interface StatementRef {
  readonly sid: string;
  readonly qualifier?: string;
  /** Whom it lets in, where that is not everybody: account, organization or service. */
  readonly who?: string;
}

/** `AllowOther@live 444455556666`. Neither SIDs nor qualifiers hold an `@` or a space. */
export function statementText({ sid, qualifier, who }: StatementRef): string {
  return `${sid}${qualifier ? `@${qualifier}` : ""}${who ? ` ${who}` : ""}`;
}

/** What `statementText` wrote. */
export function parseStatement(text: string): StatementRef {
  const [statement = "", ...who] = text.split(" ");
  const [sid = "", qualifier] = statement.split("@");
  return { sid, ...(qualifier ? { qualifier } : {}), ...(who.length > 0 ? { who: who.join(" ") } : {}) };
}
