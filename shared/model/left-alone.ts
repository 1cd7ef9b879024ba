/** What is shown and never judged: what a person wants left alone, and the watchdog's own parts. */

/** Every resource of our stack that can have tags has this one. */
export const ownTag = { key: "smalltarget:app", value: "watchdog" } as const;
/** Which construct of the stack a resource belongs to. */
export const ownPartTag = "smalltarget:part";

export const partOfUs = "it is part of Small Target itself";

type Tags = Readonly<Record<string, string>>;

/** True for what our stack has made, whichever stack of ours it is. */
export function isOurs(tags: Tags): boolean {
  return tags[ownTag.key] === ownTag.value;
}

/** True for the function that scans, of whichever stack: more than one of them in an account does everything twice. */
export function isScanFunction(tags: Tags): boolean {
  return isOurs(tags) && tags[ownPartTag] === "scan";
}

/** Why a resource with these tags is not judged; undefined where it is. */
export function leftAloneBecause(tags: Tags): string | undefined {
  // advice about our own table, topic or sweep would break the watchdog that somebody follows it with
  if (isOurs(tags)) return partOfUs;
  const reason = tags["smalltarget:ignore"];
  return reason === undefined ? undefined : reason || "no reason given";
}
