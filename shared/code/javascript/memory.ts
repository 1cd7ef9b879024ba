/** What keeps the evaluation from going round in circles and on for ever. */
import { distinct, nothing, type Values } from "./values.ts";

/** How many expressions are looked at for one program before the rest is left open; a 2 MB bundle takes about 100,000. */
const maximumSteps = 600_000;
const maximumDepth = 400;
/** How often something is worked out that was cut short before it is left as it is. */
const maximumAttempts = 4;
/** How many questions are put once more, with all of that open again. */
const maximumSecondLooks = 6;

/** What came out while something around it was still being worked out. */
interface Provisional {
  /** The depth of what it was cut at; 0: only the next question may have more. */
  cut: number;
  readonly forget: () => void;
}

export class Memory {
  /** What is being worked out, with the depth at which that began. */
  readonly #busy = new Map<unknown, number>();
  readonly #provisional = new Map<unknown, Provisional>();
  /** The same in the order in which it came. */
  #order: Provisional[] = [];
  /** What came out of it last time, and how often it was tried. */
  readonly #lastTime = new Map<unknown, { values: Values; attempts: number }>();
  /** What was left as it came out after so many attempts, perhaps less than it is. */
  readonly #left = new Map<unknown, () => void>();
  #secondLooks = 0;
  #outermostCut = Number.POSITIVE_INFINITY;
  #steps = 0;
  #depth = 0;

  /** Whether it gave up: then what was said is not whole. */
  get exhausted(): boolean {
    return this.#steps > maximumSteps;
  }

  /** To be called where something is used that was remembered: what is made of something provisional is so too. */
  use(key: unknown): void {
    const provisional = this.#provisional.size > 0 && this.#provisional.get(key);
    if (provisional) this.#outermostCut = Math.min(this.#outermostCut, provisional.cut);
    if (this.#left.size > 0 && this.#left.has(key)) this.#outermostCut = 0;
  }

  /** Opens again what was left, for a question from outside that should not have come to nothing. @returns whether there was some, a few times */
  openAgain(): boolean {
    if (this.#depth > 0 || this.#left.size === 0 || this.#secondLooks >= maximumSecondLooks) return false;
    this.#secondLooks++;
    for (const forget of this.#left.values()) forget();
    this.#left.clear();
    return true;
  }

  /**
   * Works something out unless that is already going on. What is cut short because something around it is still being worked out may be
   * more when it is asked again: that is remembered only until the question from outside is answered, a few times.
   */
  workOut(key: unknown, work: () => Values, remember: (values: Values | undefined) => void): Values {
    const entered = this.#busy.get(key);
    if (entered !== undefined) {
      this.#outermostCut = Math.min(this.#outermostCut, entered);
      return this.#lastTime.get(key)?.values ?? nothing;
    }
    if (this.#depth > maximumDepth || ++this.#steps > maximumSteps) {
      // too deep from here, not from everywhere
      this.#outermostCut = 0;
      return nothing;
    }
    const before = this.#outermostCut;
    const inner = this.#order.length;
    this.#outermostCut = Number.POSITIVE_INFINITY;
    this.#busy.set(key, ++this.#depth);
    const values = distinct(work());
    this.#busy.delete(key);
    const whole = this.#outermostCut >= this.#depth;
    this.#depth--;
    remember(values);
    if (whole) {
      this.#outermostCut = Number.POSITIVE_INFINITY;
      for (const provisional of this.#order.slice(inner)) provisional.cut = 0;
    } else this.#keepProvisionally(key, values, () => remember(undefined));
    if (this.#depth === 0) this.#forgetProvisional();
    this.#outermostCut = Math.min(this.#outermostCut, before);
    return values;
  }

  #keepProvisionally(key: unknown, values: Values, forget: () => void): void {
    const last = this.#lastTime.get(key) ?? { values, attempts: 0 };
    this.#lastTime.set(key, { values, attempts: last.attempts + 1 });
    if (last.attempts + 1 >= maximumAttempts) {
      this.#left.set(key, forget);
      return;
    }
    const provisional = { cut: this.#outermostCut, forget };
    this.#provisional.set(key, provisional);
    this.#order.push(provisional);
  }

  #forgetProvisional(): void {
    this.#outermostCut = Number.POSITIVE_INFINITY;
    for (const { forget } of this.#order) forget();
    this.#order = [];
    this.#provisional.clear();
  }
}
