/**
 * How much a role's excess matters: who can reach its functions x what the excess can do x what it reaches x how easily it is mended.
 * Every factor is between 0 and 1, and said with its reason, so that a reader can disagree with one of them. The numbers are ours: they
 * order findings, and mean nothing by themselves. Pure.
 */

import type { Excess, ExcessKind, Risk, RiskFactor } from "../model/excess.ts";
import type { ExposureLevel } from "../model/graph.ts";

/** `unknown` counts as somebody, for it is not nobody. */
const reach: Readonly<Record<ExposureLevel, readonly [value: number, why: string]>> = {
  "internet-anonymous": [1, "anybody on the internet reaches it"],
  "internet-authenticated": [0.7, "whoever signs in from the internet reaches it"],
  "cross-account": [0.6, "other accounts reach it"],
  unknown: [0.5, "who reaches it could not be told"],
  internal: [0.4, "only services of the account start it"],
  none: [0.3, "nobody outside reaches it"],
};

const strength: Readonly<Record<ExcessKind, readonly [everywhere: number, narrow: number, why: string]>> = {
  permissions: [0.9, 0.65, "it may change permissions or lend roles"],
  "data-read": [0.7, 0.55, "it may read data"],
  write: [0.5, 0.45, "it may change or delete"],
  read: [0.15, 0.1, "it may look at settings"],
};
/** So many actions are as good as all. */
const nearlyEverything = 10_000;

export interface RiskSubject {
  /** Of the function that is most open, indirect ways counted. */
  readonly exposure: ExposureLevel;
  readonly excess: Excess;
  /** 0 to 1, with why: sensitivity.ts. */
  readonly sensitivity: { readonly value: number; readonly why: string };
  readonly functions: number;
}

export function riskOf({ exposure, excess, sensitivity, functions }: RiskSubject): Risk {
  const factors: RiskFactor[] = [
    { name: "exposure", value: reach[exposure][0], why: reach[exposure][1] },
    strengthOf(excess),
    { name: "sensitivity", ...sensitivity },
    easeOf(excess, functions),
  ];
  return { score: Math.round(100 * factors.reduce((product, { value }) => product * value, 1)), factors };
}

function strengthOf({ actions, wide, narrow }: Excess): RiskFactor {
  if (actions.length >= nearlyEverything) return { name: "strength", value: 1, why: "it may do nearly everything" };
  const worst = actions[0]?.kind;
  if (worst) {
    const [everywhere, somewhere, why] = strength[worst];
    return {
      name: "strength",
      value: narrow ? somewhere : everywhere,
      why: `${why}, ${narrow ? "on what its policies name" : "everywhere"}`,
    };
  }
  return wide.length > 0
    ? { name: "strength", value: 0.4, why: "what it needs is allowed on more than it names" }
    : { name: "strength", value: 0, why: "nothing is in excess" };
}

function easeOf({ unresolved, codeSpeaks }: Excess, functions: number): RiskFactor {
  if (unresolved.length > 0) return { name: "ease", value: 0.6, why: "what it needs is not known completely" };
  if (functions > 1) return { name: "ease", value: 0.8, why: `${functions} functions share it` };
  return codeSpeaks
    ? { name: "ease", value: 1, why: "its needs are known, and it has one function" }
    : { name: "ease", value: 0.8, why: "its code shows no call to AWS" };
}
