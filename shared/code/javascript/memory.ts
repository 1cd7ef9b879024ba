/** What keeps the evaluation from going round in circles and on for ever. */
import { distinct, nothing, type Values } from "./values.ts";

/** How many expressions are looked at for one program before the rest is left open; a 2 MB bundle takes about 100,000. */
const maximumSteps = 600_000;
const maximumDepth = 200;

export class Memory {
  /** What is being worked out, with the depth at which that began. */
  readonly #busy = new Map<unknown, number>();
  readonly #cut: (() => void)[] = [];
  #outermostCut = Number.POSITIVE_INFINITY;
  #steps = 0;
  #depth = 0;

  /** Whether it gave up: then what was said is not whole. */
  get exhausted(): boolean {
    return this.#steps > maximumSteps;
  }

  /** Forgets what came out empty only because it was asked in the middle of something. */
  forgetCut(): void {
    for (const forget of this.#cut.splice(0)) forget();
  }

  /**
   * Works something out unless that is already going on. What came out empty because something around it is still being worked out may
   * be more when it is asked from elsewhere: `forgetCut`.
   */
  workOut(key: unknown, work: () => Values, remember: (values: Values | undefined) => void): Values {
    const entered = this.#busy.get(key);
    if (entered !== undefined) {
      this.#outermostCut = Math.min(this.#outermostCut, entered);
      return nothing;
    }
    if (this.#depth > maximumDepth || ++this.#steps > maximumSteps) {
      // too deep from here, not from everywhere
      this.#outermostCut = 0;
      return nothing;
    }
    const before = this.#outermostCut;
    this.#outermostCut = Number.POSITIVE_INFINITY;
    this.#busy.set(key, ++this.#depth);
    const values = distinct(work());
    this.#busy.delete(key);
    this.#depth--;
    remember(values);
    if (values.length === 0 && this.#outermostCut <= this.#depth) this.#cut.push(() => remember(undefined));
    // what is cut at this one is whole now
    if (this.#outermostCut > this.#depth) this.#outermostCut = Number.POSITIVE_INFINITY;
    this.#outermostCut = Math.min(this.#outermostCut, before);
    return values;
  }
}
