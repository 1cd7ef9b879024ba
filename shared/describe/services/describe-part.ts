/** Answers of a service as rows of the graph. Pure. */
import type { Coverage, Part } from "../../model/coverage.ts";
import type { GraphRow, ServiceAnswer, ServiceName } from "../../model/graph.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { AskedPlace } from "../../model/snapshot.ts";
import type { Describe } from "./describe-answer.ts";
import { describers } from "./services.ts";

/** Describes what is read piece by piece; an answer that cannot be described costs itself, and is said in the coverage. */
export class Description {
  readonly #describe: Describe<ServiceAnswer>;
  readonly #place: Parameters<Describe<ServiceAnswer>>[1];
  #failure: unknown;
  #failures = 0;
  #rows = 0;

  constructor(service: ServiceName, { account, partition, region, at }: AskedPlace) {
    this.#describe = describers[service] as Describe<ServiceAnswer>;
    this.#place = { account, partition, region, now: new Date(at) };
  }

  /** The rows of `answers`. */
  rowsOf(answers: readonly ServiceAnswer[]): GraphRow[] {
    return answers.flatMap((answer) => {
      try {
        const rows = this.#describe(answer, this.#place);
        this.#rows += rows.length;
        return rows;
      } catch (error) {
        this.#failures += 1;
        this.#failure ??= error;
        return [];
      }
    });
  }

  /** The coverage of everything described until now, given that of the answers. */
  coverageOf(answered: Coverage): Coverage {
    const coverage = { ...answered, ...(answered.resources === undefined ? {} : { resources: this.#rows }) };
    if (this.#failures === 0) return coverage;
    // what was not understood may be a resource that nothing else names
    const { listed, ...unlisted } = coverage;
    if (answered.status !== "complete") return unlisted;
    const why = this.#failure instanceof Error ? this.#failure.message : String(this.#failure);
    const message = cleanText(`${this.#failures} answers could not be understood: ${why}`, 300);
    return { ...unlisted, status: this.#rows > 0 ? "partial" : "failed", code: "NotUnderstood", message };
  }
}

export function describePart(service: ServiceName, part: Part<ServiceAnswer>, place: AskedPlace): Part<GraphRow> {
  const description = new Description(service, place);
  const items = description.rowsOf(part.items);
  return { items, coverage: description.coverageOf(part.coverage) };
}
