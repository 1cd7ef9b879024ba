/** Cognito: a user pool or an identity pool. */
import {
  describeIdentityPool,
  describeUserPool,
  type IdentityPoolRoles,
  type IdentityPoolSettings,
  type UserPool,
  type UserPoolRead,
} from "../cognito.ts";
import type { Describe } from "./describe-answer.ts";

/** Reads that are absent could not be made. */
export type CognitoAnswer =
  | { readonly userPool: UserPool; readonly read?: UserPoolRead; readonly clientIds?: readonly string[] }
  | {
      readonly identityPool: { readonly id: string; readonly name: string };
      readonly settings?: IdentityPoolSettings;
      readonly roles?: IdentityPoolRoles;
    };

export const describe: Describe<CognitoAnswer> = (answer, place) => {
  if ("userPool" in answer) return [describeUserPool(answer.userPool, answer.read, answer.clientIds, place.region)];
  const { identityPool, settings, roles } = answer;
  return [describeIdentityPool(identityPool.id, identityPool.name, { settings, roles }, place)];
};
