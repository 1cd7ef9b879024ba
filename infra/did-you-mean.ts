/** The nearest right name, for messages about a wrong one. */
import { closest, distance } from "fastest-levenshtein";

/** `; did you mean "email"?`. `known` must not be empty. */
export function didYouMean(name: string, known: readonly string[]): string {
  return `; did you mean ${JSON.stringify(closest(name, known))}?`;
}

/** The known name that `name` was probably meant to be: two letters away at most, or one that begins with the other. */
export function meantBy(name: string, known: readonly string[]): string | undefined {
  const said = name.toLowerCase();
  return known.find((one) => {
    const meant = one.toLowerCase();
    if (said === meant || (said.length > 3 && distance(said, meant) <= 2)) return true;
    return said.length > 3 && (meant.startsWith(said) || said.startsWith(meant));
  });
}
