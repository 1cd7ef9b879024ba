/** Text in HTML: nothing that comes from AWS can become markup. */
import { cleanText } from "../model/plain-text.ts";

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** HTML that is finished: made by `html`. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Html | string | number | undefined | readonly Piece[];

/** A template whose values are escaped; finished HTML and lists of it stand as they are, what is undefined is nothing. */
export function html(pieces: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(pieces.map((piece, i) => piece + (i < values.length ? htmlOf(values[i]) : "")).join(""));
}

function htmlOf(value: Piece): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(htmlOf).join("");
  return escaped(cleanText(String(value), 4000));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? "");
}
