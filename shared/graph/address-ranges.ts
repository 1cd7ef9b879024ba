/** Whether ranges of addresses are those of everybody. Pure. */

interface Range {
  readonly first: bigint;
  /** Exclusive. */
  readonly end: bigint;
}

/**
 * Whether `ranges` (CIDR, or single addresses) leave out at most half of all IPv4, or of all IPv6, addresses: a limit that every
 * second stranger passes is none. People write "everywhere" as `0.0.0.0/0`, but also in halves or quarters, since some services
 * refuse the whole. What is no range counts as none.
 */
export function coverEverybody(ranges: readonly string[]): boolean {
  return [32n, 128n].some((bits) => {
    const all = 1n << bits;
    const covered = sizeOf(ranges.flatMap((text) => (text === "*" ? [{ first: 0n, end: all }] : (rangeOf(text, bits) ?? []))));
    return covered * 2n >= all;
  });
}

/** Addresses in at least one of the ranges. */
function sizeOf(ranges: readonly Range[]): bigint {
  let size = 0n;
  let until = 0n;
  for (const { first, end } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const from = first > until ? first : until;
    if (end > from) size += end - from;
    if (end > until) until = end;
  }
  return size;
}

function rangeOf(text: string, bits: bigint): Range | undefined {
  const [address = "", prefix = `${bits}`] = text.trim().split("/");
  const value = bits === 32n ? fourOf(address) : sixOf(address);
  if (value === undefined || !/^\d{1,3}$/.test(prefix) || BigInt(prefix) > bits) return undefined;
  const size = 1n << (bits - BigInt(prefix));
  // the bits behind the prefix mean nothing: 203.0.113.7/0 is everywhere
  const first = value - (value % size);
  return { first, end: first + size };
}

function fourOf(address: string): bigint | undefined {
  const parts = address.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function sixOf(address: string): bigint | undefined {
  const halves = address.split("::");
  if (!address.includes(":") || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const groups = halves.length === 2 ? [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0"), ...tail] : head;
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}
