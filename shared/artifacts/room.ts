/** Room in memory for what is unpacked: small artifacts are read side by side, a large one alone. */
export class Room {
  readonly #bytes: number;
  #used = 0;
  #waiting: (() => void)[] = [];

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Runs `work` once `bytes` are free; what is larger than all of the room waits until it is empty. */
  async use<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    while (this.#used > 0 && this.#used + bytes > this.#bytes) await new Promise<void>((go) => this.#waiting.push(go));
    this.#used += bytes;
    try {
      return await work();
    } finally {
      this.#used -= bytes;
      const woken = this.#waiting;
      this.#waiting = [];
      for (const go of woken) go();
    }
  }
}
