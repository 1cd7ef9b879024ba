/** How a page looks where it is shown. Renderers are pure: width and colours come from outside. */

/** Colours, or none: every member returns the text it was given, perhaps with escape sequences around it. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

const same = (text: string) => text;

/** Black and white. */
export const plainPaint: Paint = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

export interface Look {
  /** Columns of the terminal; Infinity where lines may be as long as they like. */
  readonly width: number;
  readonly paint: Paint;
  /** The command as it is typed here, e.g. `smalltarget` or `npm run -s smalltarget --`. */
  readonly command: string;
}

/** A command of ours as it is typed here; what is kept in a finding names the program alone. */
export function typedHere(kept: string, { command }: Pick<Look, "command">): string {
  return kept.replace(/^smalltarget(?= )/, () => command);
}
