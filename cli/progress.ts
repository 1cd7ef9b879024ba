/** One line on standard error that says how far a scan is. Shown after a second, only on a terminal. */
import { ageText, count } from "../shared/report/quantities.ts";

const firstAfterMs = 1000;
const everyMs = 200;

export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #began = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #shown = false;
  #regions = 0;
  #done = 0;
  #functions = 0;
  #requests = 0;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  /** Begins to show. Without it nothing is ever written. */
  show(): void {
    this.#timer = setInterval(() => this.#draw(), everyMs);
    this.#timer.unref();
  }

  expect(regions: number): void {
    this.#regions = regions;
  }

  regionDone(functions: number): void {
    this.#done += 1;
    this.#functions += functions;
  }

  requested(): void {
    this.#requests += 1;
  }

  /** Wipes the line and shows no more of them. */
  end(): void {
    clearInterval(this.#timer);
    this.wipe();
  }

  /** Wipes the line, for something else to be written; the next one follows. */
  wipe(): void {
    if (this.#shown) this.#stream.write("\r\u001b[2K");
    this.#shown = false;
  }

  /** The line, `elapsedMs` after the beginning. */
  text(elapsedMs: number): string {
    const places = this.#regions > 0 ? `${this.#done} of ${count(this.#regions, "Region")}` : "finding Regions";
    const left = this.#done > 0 && this.#done < this.#regions ? (elapsedMs / this.#done) * (this.#regions - this.#done) : 0;
    const ending = left >= 1000 ? `, about ${ageText(left)} left` : "";
    return `${places}, ${count(this.#functions, "function")}, ${count(this.#requests, "request")}${ending}`;
  }

  #draw(): void {
    const elapsed = Date.now() - this.#began;
    if (elapsed < firstAfterMs) return;
    const line = this.text(elapsed).slice(0, Math.max(20, (this.#stream.columns || 80) - 1));
    this.#stream.write(`\r\u001b[2K${line}`);
    this.#shown = true;
  }
}
