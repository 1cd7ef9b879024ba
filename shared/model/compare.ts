/** For sorting: text by code units, so that the order is the same on every machine; numbers by size. */
export function compare<T extends string | number | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
