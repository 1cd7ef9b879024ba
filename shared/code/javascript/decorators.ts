/** Sources with decorators: the parser knows none, and what they stand before is code without them, too. */

/** The file is parsed anew for each of them, up to where the next one stands: so many characters together, and no more. */
const mostCharacters = 8_000_000;
/** Of one decorator. */
const longestArguments = 20_000;

/**
 * Parses a text with the decorators taken off that stand where the parser finds them. One that stands before a class becomes a statement, since what it
 * is given may make clients: `@Module({ providers: [...] })`. Lines stay where they are. @throws what `parse` throws of anything else
 */
export function parseDecorated<T>(
  text: string,
  parse: (text: string) => T,
): { readonly tree: T; readonly text: string; readonly decorated?: true } {
  let at = text;
  let parsed = 0;
  for (;;) {
    try {
      const tree = parse(at);
      return at === text ? { tree, text } : { tree, text: at, decorated: true };
    } catch (error) {
      const { pos } = error as { pos?: unknown };
      if (typeof pos !== "number" || at[pos] !== "@") throw error;
      parsed += pos + 1000;
      if (parsed > mostCharacters) throw error;
      at = withoutDecorator(at, pos);
    }
  }
}

function withoutDecorator(text: string, start: number): string {
  const name = /^@\s*[\w$]+(\s*\.\s*[\w$]+)*/.exec(text.slice(start, start + 300))?.[0];
  if (name === undefined) return `${text.slice(0, start)} ${text.slice(start + 1)}`;
  const end = endOfCall(text, start + name.length);
  const beforeClass = /^\s*(@|export\s|default\s|abstract\s|class\s)/.test(text.slice(end, end + 200)) && isStatement(text, start);
  const decorator = text.slice(start + 1, end);
  return beforeClass
    ? `${text.slice(0, start)};${decorator};${text.slice(end)}`
    : `${text.slice(0, start)}${text.slice(start, end).replace(/[^\n]/g, " ")}${text.slice(end)}`;
}

/** Whether a statement may begin here: at the begin of the file, or behind the end of another one, outside of classes as people indent them. */
function isStatement(text: string, start: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^$|;\s*$|\}\s*$/.test(line);
}

/** Behind the arguments of a call that begins here, or here where there are none. */
function endOfCall(text: string, from: number): number {
  const open = /^\s*\(/.exec(text.slice(from, from + 100));
  if (!open) return from;
  let depth = 0;
  const end = Math.min(text.length, from + longestArguments);
  const token = /(["'`])(?:\\[\s\S]|(?!\1)[^\\])*\1|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[()]/g;
  token.lastIndex = from;
  for (let found = token.exec(text); found && found.index < end; found = token.exec(text)) {
    if (found[0] === "(") depth += 1;
    else if (found[0] === ")" && --depth === 0) return token.lastIndex;
  }
  return from;
}
