/** Address ranges of policies, and how much of the internet is in them. Pure. */
import { compare } from "../model/compare.ts";

/** First and last address, both included. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const bitsOf = { 4: 32, 6: 128 } as const;

/**
 * How many addresses a policy may let in and still be for somebody: those of one /8, or of one /32 of IPv6. What lets in more is for
 * everybody. Source: S3 user guide, "The meaning of public".
 */
const bounded = { 4: 2n ** 24n, 6: 2n ** 96n } as const;

/** Ranges that no request from the internet comes from (RFC 1918). */
const reserved = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((text) => rangeOf(text) as AddressRange);

/** A range (`203.0.113.0/24`) or one address; undefined where it is neither. */
export function rangeOf(text: string): AddressRange | undefined {
  const [address = "", length, ...rest] = text.split("/");
  const version = address.includes(":") ? 6 : 4;
  const at = version === 4 ? ofDotted(address) : ofColons(address);
  const bits = bitsOf[version];
  const fixed = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (at === undefined || rest.length > 0 || fixed < 0 || fixed > bits) return undefined;
  const size = 2n ** BigInt(bits - fixed);
  const first = at - (at % size);
  return { version, first, last: first + size - 1n };
}

/** Whether the address, or a whole range of them, lies in the range. */
export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.version === outer.version && inner.first >= outer.first && inner.last <= outer.last;
}

/** One address for many that a policy cannot tell apart. */
export interface AddressGroup {
  readonly address: string;
  readonly version: 4 | 6;
  /** How many addresses of the internet it stands for; 0 for private ones. */
  readonly size: bigint;
}

/** Every address there is, as groups that lie either in or out of each of `lists`, which are told apart as wholes. */
export function addressGroups(...lists: readonly (readonly AddressRange[])[]): AddressGroup[] {
  const groups = new Map<string, AddressGroup>();
  const every = [...lists, reserved];
  for (const version of [4, 6] as const) {
    const known = every.map((ranges) => merged(ranges.filter((range) => range.version === version)));
    const end = 2n ** BigInt(bitsOf[version]);
    const bounds = known.flat().flatMap(({ first, last }) => [first, last + 1n]);
    const cuts = [...new Set([0n, end, ...bounds])].toSorted(compare);
    const at = known.map(() => 0);
    for (const [n, first] of cuts.slice(0, -1).entries()) {
      const within = known.map((ranges, list) => {
        while ((ranges[at[list] ?? 0]?.last ?? end) < first) at[list] = (at[list] ?? 0) + 1;
        return (ranges[at[list] ?? 0]?.first ?? end) <= first;
      });
      const key = `${version} ${within.join()}`;
      // none of the private ones comes from the internet
      const size = within.at(-1) ? 0n : (cuts[n + 1] ?? end) - first;
      const group = groups.get(key);
      groups.set(key, { address: group?.address ?? textOf(first, version), version, size: (group?.size ?? 0n) + size });
    }
  }
  return [...groups.values()];
}

/** The same addresses, compare and without overlaps. */
function merged(ranges: readonly AddressRange[]): AddressRange[] {
  const result: AddressRange[] = [];
  for (const range of ranges.toSorted((a, b) => compare(a.first, b.first))) {
    const before = result.at(-1);
    if (!before || before.last < range.first) result.push(range);
    else if (before.last < range.last) result[result.length - 1] = { ...before, last: range.last };
  }
  return result;
}

/** Whether so many are no longer somebody's own. */
export function isEverywhere(groups: readonly AddressGroup[]): boolean {
  return ([4, 6] as const).some(
    (version) => groups.reduce((sum, group) => (group.version === version ? sum + group.size : sum), 0n) > bounded[version],
  );
}

function ofDotted(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ofColons(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const parts = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  return parts.reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n);
}

function textOf(address: bigint, version: 4 | 6): string {
  const [parts, base, radix, sign] = version === 4 ? ([4, 256n, 10, "."] as const) : ([8, 65_536n, 16, ":"] as const);
  return Array.from({ length: parts }, (_, n) => ((address / base ** BigInt(parts - 1 - n)) % base).toString(radix)).join(sign);
}
