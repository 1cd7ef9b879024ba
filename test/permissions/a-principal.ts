/** Principals with policies, as a sweep of an account has them. */
import type { Principal } from "../../shared/model/principal.ts";
import { Grant } from "../../shared/permissions/grant.ts";

export const account = "111122223333";
export const now = new Date("2026-11-24T06:00:00Z");

export const statement = (Effect: string, Action: unknown, Resource: unknown = "*", more: object = {}) => ({
  Effect,
  Action,
  Resource,
  ...more,
});
export const allow = (Action: unknown, Resource?: unknown, more?: object) => statement("Allow", Action, Resource, more);
export const deny = (Action: unknown, Resource?: unknown, more?: object) => statement("Deny", Action, Resource, more);
export const documentOf = (...Statement: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement });
export const trusting = (Principal: unknown, more: object = {}) =>
  documentOf({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more });
export const lambda = { Service: "lambda.amazonaws.com" };

export function aRole(name: string, statements: readonly unknown[], more: Partial<Principal> = {}): Principal {
  return {
    arn: `arn:aws:iam::${account}:role/${name}`,
    name,
    path: "/",
    tags: {},
    trustPolicy: trusting(lambda),
    policies: statements.length > 0 ? [{ name: "inline", document: documentOf(...statements) }] : [],
    hasBoundary: more.boundary !== undefined,
    unread: [],
    ...more,
  };
}

export function aUser(name: string, statements: readonly unknown[], more: Partial<Principal> = {}): Principal {
  return { ...aRole(name, statements, more), kind: "user", arn: `arn:aws:iam::${account}:user/${name}`, trustPolicy: "" };
}

export function grantOf(statements: readonly unknown[], more: Partial<Principal> = {}): Grant {
  return new Grant(aRole("orders", statements, more), { account, now });
}
