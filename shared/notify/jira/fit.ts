/** Texts within Jira's limit: details go first, then the end of the list; nothing is cut in the middle. Pure. */
import { type Block, type Item, type Markup, mostCharacters } from "./blocks.ts";

/** A new description, with as many findings as there is room for. */
export function fittingDescription(blocks: readonly Block[], markup: Markup): unknown {
  const written = markup.write(blocks);
  if (markup.length(written) <= mostCharacters) return written;
  const items = blocks.flatMap((block) => (block.kind === "list" ? block.items : []));
  return fittingList(markup, markup.write(blocks.filter(({ kind }) => kind === "paragraph")), items);
}

/** The description with as much of the list as there is room for; the first ones stay. */
export function fittingList(markup: Markup, description: unknown, items: readonly Item[]): unknown {
  const at = (count: number) => markup.withList(description, items.slice(0, count), items.length - count);
  let [fits, tooMany] = [0, items.length + 1];
  while (tooMany - fits > 1) {
    const half = Math.floor((fits + tooMany) / 2);
    if (markup.length(at(half)) <= mostCharacters) fits = half;
    else tooMany = half;
  }
  return at(fits);
}

/** A comment: without its details, where they are too long, it is a few lines and its signature. */
export function fittingComment(blocks: readonly Block[], markup: Markup): unknown {
  const written = markup.write(blocks);
  if (markup.length(written) <= mostCharacters) return written;
  const [first, second] = blocks;
  return markup.write([first, second?.kind === "paragraph" ? second : undefined, blocks.at(-1)].filter((block) => block !== undefined));
}
