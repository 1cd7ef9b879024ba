/** Puts a line into a list of source code. Pure text. */

/** A line that goes into a list of the project, and where. */
export interface ListEntry {
  readonly path: string;
  readonly line: string;
  /** It goes before the line that begins with this, the first one after `from`. */
  readonly before: string;
  readonly from?: string;
  /** Where the list has this already, nothing goes in. */
  readonly unless?: string;
}

/** The source with the line in it. @throws where the list is not found: it was laid out anew, and this has to follow */
export function withEntry(source: string, { path, line, from, before }: ListEntry): string {
  const lines = source.split("\n");
  const start = from === undefined ? 0 : lines.findIndex((one) => one.startsWith(from));
  const isImport = line.startsWith("import ");
  const at = lines.findIndex((one, index) =>
    isImport ? index >= start && sortsAfter(one, line) : index > start && one.startsWith(before),
  );
  if (start < 0 || at < 0) throw new Error(`${path}: there is no list beginning with "${from}" any more: put in by hand ${line.trim()}`);
  return [...lines.slice(0, at), line, ...lines.slice(at)].join("\n");
}

/** Imports stand in the order of their paths, those of packages first; the last one stands before what is none. */
function sortsAfter(one: string, line: string): boolean {
  if (!one.startsWith("import ")) return true;
  const [there, mine] = [pathOf(one), pathOf(line)];
  return there !== undefined && mine !== undefined && there.startsWith("./") && there > mine;
}

function pathOf(line: string): string | undefined {
  return /^import .* from "(.+)\.ts";$/.exec(line)?.[1];
}
