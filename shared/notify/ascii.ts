/** Subjects: SNS takes ASCII only, fewer than 100 characters, no control characters. */
import { cleanText } from "../model/plain-text.ts";

/** Letters and signs that do not come apart into an ASCII letter and an accent. */
const spelled: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ł: "l",
  Ł: "L",
  þ: "th",
  Þ: "Th",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "–": "-",
  "—": "-",
  "−": "-",
  "×": "x",
  "€": "EUR",
  "→": "->",
};

/** One line of ASCII, at most `maxLength` characters. Accents are dropped, what has no ASCII form becomes `?`. */
export function asciiText(text: string, maxLength: number): string {
  const ascii = cleanText(text, 10 * maxLength)
    .replace(/[^ -~]/gu, (character) => spelled[character] ?? character)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^ -~]+/gu, "?");
  return ascii.length <= maxLength ? ascii : `${ascii.slice(0, maxLength - 3)}...`;
}

/** An SNS subject: `tag`, `text` and `suffix` in one line of fewer than 100 characters; only `text` is cut. */
export function subjectLine(tag: string, text: string, suffix = ""): string {
  const [head, tail] = [asciiText(tag, 30), asciiText(suffix, 40)];
  const room = 99 - head.length - tail.length - (tail ? 2 : 1);
  return [head, asciiText(text, room), tail].filter((part) => part !== "").join(" ");
}
