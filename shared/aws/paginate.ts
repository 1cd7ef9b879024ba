/** Walks the pages of an AWS list operation. */

/**
 * Yields every page of `send` until AWS gives no further token.
 * @throws when AWS gives the same token twice in a row: the list would never end, and what was read is not whole.
 */
export async function* pages<Page>(
  send: (token: string | undefined) => Promise<Page>,
  nextToken: (page: Page) => string | undefined,
): AsyncGenerator<Page> {
  let token: string | undefined;
  do {
    const page = await send(token);
    yield page;
    const next = nextToken(page) || undefined;
    if (next !== undefined && next === token) throw new Error("AWS answered the same page token twice; the list was left unfinished");
    token = next;
  } while (token !== undefined);
}

/** Runs `work` on every item, at most `concurrency` at a time, in order of `items`. The first failure ends it. */
export async function forEachAtMost<T>(items: readonly T[], concurrency: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
}
