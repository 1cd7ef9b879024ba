/** Commands as whoever has the page types them. */

/** How the program is called, and what it is told about the place of the scan. */
export interface Typing {
  /** `smalltarget`, `AWS_REGION=eu-west-1 smalltarget`. */
  readonly command: string;
  /** ` --stack SmallTarget`; empty: the store that the program takes by itself. */
  readonly where: string;
}

/** `typed(data, "show F-7Q2MX4TB9A")`. */
export function typed({ command, where }: Typing, words: string): string {
  return `${command} ${words}${where}`;
}

/** A command of a finding, as whoever has the page types it: the program's own are written without the place of the scan. */
export function asTyped(typing: Typing, command: string): string {
  const [, words] = /^smalltarget (.+)$/s.exec(command) ?? [];
  return words === undefined ? command : typed(typing, words);
}
