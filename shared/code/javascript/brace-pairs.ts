/** Where braces close, by where they open. */
export class Braces {
  readonly #opens: number[] = [];
  readonly #closes: number[] = [];

  /** @returns its place in the list */
  open(at: number): number {
    this.#closes.push(-1);
    return this.#opens.push(at) - 1;
  }

  close(index: number, at: number): void {
    this.#closes[index] = at;
  }

  /** Where the brace closes that opens here; undefined: none does. */
  closing(open: number): number | undefined {
    let [low, high] = [0, this.#opens.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#opens[middle] as number) < open) low = middle + 1;
      else high = middle;
    }
    return this.#opens[low] === open ? this.#closes[low] : undefined;
  }
}
