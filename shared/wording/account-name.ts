/** How an account is called in messages and pages: people know it by its alias, programs and AWS by its number. */

/** `111122223333 (acme-prod)`; the number alone where no alias is known. @param alias as accountAlias of a scan has it */
export function accountName(account: string, alias?: string): string {
  return alias === undefined ? account : `${account} (${alias})`;
}

/** Longer ones would take the room of what a subject is about. */
const longestInSubject = 32;

/** For a subject of 100 characters: the alias, by which a person knows the account, where it is short; the text names both. */
export function accountInSubject(account: string, alias?: string): string {
  return alias === undefined || alias.length > longestInSubject ? account : alias;
}
