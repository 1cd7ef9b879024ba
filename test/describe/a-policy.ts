/** Policies, and what their doors are worth to the function behind them. */
import { exposureOf } from "../../shared/graph/exposure.ts";
import type { Relation } from "../../shared/model/graph.ts";

export const now = new Date("2026-11-24T09:30:00Z");
export const place = { account: "111122223333", partition: "aws", region: "eu-west-1", now };
export const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
export const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const open = (Action: string | string[], more: object = {}) => ({
  Sid: "Open",
  Effect: "Allow",
  Principal: "*",
  Action,
  Resource: "*",
  ...more,
});
export const level = (relations: readonly Relation[], arn = fn) => exposureOf(relations)(arn).level;
export const hop = (from: string, to: string, kind: Relation["kind"]): Relation => ({
  from,
  to,
  kind,
  auth: "service",
  enabled: true,
  evidence: "test",
});
