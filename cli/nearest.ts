/** "Did you mean": for ids made of words, a mistyped word counts more than the ones left out. */
import { distance } from "fastest-levenshtein";
import { cleanText } from "../shared/model/plain-text.ts";

/** The known id that is most like `text`. `known` must not be empty. */
export function nearest(text: string, known: readonly string[]): string {
  const said = text.toLowerCase();
  const [best = ""] = known
    .map((id) => ({ id, far: farness(said, id.toLowerCase()), whole: distance(said, id.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || a.whole - b.whole)
    .map(({ id }) => id);
  return best;
}

/** `; did you mean X?`, or nothing where no known id is like `text`: a guess that is far off sends people the wrong way. */
export function didYouMean(text: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const best = nearest(text, known);
  return farness(text.toLowerCase(), best.toLowerCase()) * 2 <= lastPart(text).length ? `; did you mean ${cleanText(best)}?` : "";
}

/** Whole ids compared, or the text's last part with the id's last part or its beginning, whichever is nearer. */
function farness(text: string, id: string): number {
  const [said, meant] = [lastPart(text), lastPart(id)];
  const beginnings = meant.split("-").map((_, i, words) => words.slice(0, i + 1).join("-"));
  return Math.min(distance(text, id), ...beginnings.map((beginning) => distance(said, beginning)));
}

function lastPart(id: string): string {
  return id.split("/").at(-1) ?? id;
}
