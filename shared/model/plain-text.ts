/** Text from AWS is hostile: names, tags and messages may hold control, escape and bidirectional characters. */

// CSI and OSC sequences as terminals read them, with their one-character C1 forms: taken out whole, so that no "[31m" stays behind
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const terminalSequences = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?/gu;
// Controls, line and paragraph separators; format characters: bidirectional, zero-width, soft hyphen, byte order mark, invisible tags
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const anyUnsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** One line of printable text, at most `maxLength` characters (UTF-16 units; the cut is shown by an ellipsis). */
export function cleanText(text: string, maxLength = 200): string {
  const clean = text.replace(terminalSequences, " ").toWellFormed().replace(unsafe, " ").replace(/\s+/gu, " ").trim();
  if (clean.length <= maxLength) return clean;
  // the cut may fall inside a surrogate pair: drop the half that stays
  return `${clean.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** True when the text holds a character that cannot be seen or moves others about. Such a command must not be offered for pasting. */
export function hasUnsafeCharacters(text: string): boolean {
  return anyUnsafe.test(text);
}
