/** JSON for people and programs: what a terminal would obey or hide is written as an escape, which means the same. */

// C1 controls, zero-width and bidirectional characters, line separators, byte order mark; JSON itself escapes only those below U+0020
const invisible = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The value as indented JSON in printable characters. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(invisible, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
