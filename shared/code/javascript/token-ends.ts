/** Where texts, regular expressions and parts of templates of JavaScript end; undefined: they do not. */

/** Of characters. */
export const code = {
  newline: 10,
  quote: 34,
  dollar: 36,
  apostrophe: 39,
  open: 40,
  close: 41,
  star: 42,
  plus: 43,
  minus: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  semicolon: 59,
  equals: 61,
  greater: 62,
  openSquare: 91,
  backslash: 92,
  closeSquare: 93,
  backtick: 96,
  openBrace: 123,
  closeBrace: 125,
} as const;

/** Of a text that begins at `start` with its quote. */
export function endOfText(text: string, start: number): number | undefined {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === code.backslash) at++;
    else if (character === quote) return at;
  }
  return undefined;
}

/** Of a regular expression that begins at `start` with its slash: the other slash. */
export function endOfRegularExpression(text: string, start: number): number | undefined {
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === code.backslash) at++;
    else if (character === code.newline) return undefined;
    else if (character === code.openSquare) inClass = true;
    else if (character === code.closeSquare) inClass = false;
    else if (character === code.slash && !inClass) return at;
  }
  return undefined;
}

/** Of a part of a template behind `start`: the backtick, or the dollar of the next `${`. */
export function endOfTemplatePart(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === code.backslash) at++;
    else if (character === code.backtick) return at;
    else if (character === code.dollar && text.charCodeAt(at + 1) === code.openBrace) return at;
  }
  return undefined;
}
