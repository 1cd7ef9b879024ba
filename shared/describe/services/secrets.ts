/** Secrets Manager: a secret without its value. */
import { describeSecret, type ListedSecret } from "../secret.ts";
import type { Describe } from "./describe-answer.ts";

type Dates = "createdAt" | "lastAccessedAt" | "lastChangedAt" | "lastRotatedAt" | "deletedAt";

/** Times are ISO 8601. */
export type SecretAnswer = Omit<ListedSecret, Dates> & { readonly [At in Dates]: string | undefined };

export const describe: Describe<SecretAnswer> = (secret, { region, now }) => {
  const at = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
  const listed = {
    ...secret,
    createdAt: at(secret.createdAt),
    lastAccessedAt: at(secret.lastAccessedAt),
    lastChangedAt: at(secret.lastChangedAt),
    lastRotatedAt: at(secret.lastRotatedAt),
    deletedAt: at(secret.deletedAt),
  };
  return [describeSecret(listed, region, now)];
};
