/** What could not be read for one reason is said once: the other rows of coverage follow the first. Pure. */
import { type Coverage, isAbsent, isClosedByPolicy } from "../model/coverage.ts";

/**
 * The rows of the account, then those of every Region.
 *
 * In a Region, a refusal of an operation that several collectors ask is one; and where its functions could not be listed, what failed in
 * the same way follows them. Regions that a service control policy closes are one row of the account, which names them all.
 */
export function foldCauses(account: readonly Coverage[], regions: readonly (readonly Coverage[])[]): Coverage[] {
  const folded = regions.map((rows) => followFunctions(followFirst(rows)));
  const closed = folded.flatMap((rows) => rows.find(isClosedByPolicy) ?? []);
  const [first] = closed;
  if (!first) return [...account, ...folded.flat()];
  const names = closed.map(({ region }) => region).sort();
  const { operation, code, message } = first;
  const row: Coverage = {
    collector: "closed Regions",
    region: "global",
    status: "denied",
    ...(operation ? { operation } : {}),
    ...(code ? { code } : {}),
    ...(message ? { message } : {}),
    regions: names,
  };
  const follows = row.collector;
  return [...account, row, ...folded.flat().map((one) => (closed.includes(one) ? { ...one, follows } : one))];
}

function followFirst(rows: readonly Coverage[]): Coverage[] {
  const first = new Map<string, string>();
  return rows.map((row) => {
    if (row.operation === undefined || row.follows !== undefined || isAbsent(row)) return row;
    const key = `${row.operation}|${row.code}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, row.collector);
    return before === undefined ? row : { ...row, follows: before };
  });
}

function followFunctions(rows: readonly Coverage[]): Coverage[] {
  const functions = rows.find(({ collector }) => collector === "functions");
  if (!functions || ["complete", "partial"].includes(functions.status)) return [...rows];
  const same = (row: Coverage) => row.status === functions.status && row.code === functions.code;
  return rows.map((row) => (row === functions || row.follows || !same(row) ? row : { ...row, follows: "functions" }));
}
