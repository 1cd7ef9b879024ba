/** How much of the account has an owner: one number that is to grow. Pure. */
import { resourceTypes } from "../data/resource-types.ts";
import type { DocumentResource } from "../model/document.ts";

export interface OwnerShare {
  readonly owned: number;
  readonly of: number;
  /** Findings that decisions hold, where a digest is to count them. */
  readonly held?: number;
}

/** Resources with a team among those that can have one of their own. */
export function ownerShare(resources: readonly Pick<DocumentResource, "type" | "owner">[]): OwnerShare {
  const ownable = resources.filter(({ type }) => !resourceTypes[type]?.part);
  return { owned: ownable.filter(({ owner }) => owner.team !== undefined).length, of: ownable.length };
}

/** `31 of 42 resources have an owner`; undefined where there is nothing to own. */
export function ownerShareText({ owned, of }: OwnerShare): string | undefined {
  if (of === 0) return undefined;
  const number = (count: number) => count.toLocaleString("en-US");
  return `${number(owned)} of ${number(of)} ${of === 1 ? "resource has" : "resources have"} an owner`;
}
