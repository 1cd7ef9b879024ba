/** What two collectors need is asked of AWS once a scan. */

/** The answers that one look at a Region has got already, by what was asked. */
export class AskedOnce {
  readonly #answers = new Map<string, Promise<unknown>>();

  /** The answer to `key`, asked by whoever comes first; a failure is everybody's. */
  ask<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known) return known as Promise<T>;
    const answer = ask();
    this.#answers.set(key, answer);
    return answer;
  }
}
