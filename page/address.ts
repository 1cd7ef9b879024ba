/** Where in the page one is: `#/functions?q=orders&sort=-timeout`. It can be sent to somebody who has the same file. */

export interface Address {
  /** Decoded: `["f", "eu-west-1", "orders-api"]`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/** Reads a hash; what is not one of ours is the first screen. */
export function readAddress(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  return { path: path.split("/").filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

/** A hash of these parts. */
export function addressOf(path: readonly string[], query?: URLSearchParams | Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}

/** The page of a function. */
export function functionAddress({ region, name }: { readonly region: string; readonly name: string }): string {
  return addressOf(["f", region, name]);
}

/** Keeps the address true without a step in the history. */
export function keepAddress(address: string): void {
  history.replaceState(null, "", address);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
