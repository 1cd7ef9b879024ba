/** Records of one source, gathered by ecosystem. */
import { type Ecosystem, ecosystems } from "../../model/packages.ts";
import type { Advisory, EcosystemAdvisories } from "./advisory.ts";
import { readRecord } from "./read-record.ts";

/** Takes records in any order, also twice: the one that was changed last stands. */
export class RecordCollector {
  readonly #advisories = new Map<string, { readonly modified: string; readonly advisory: Advisory | undefined }>();
  readonly #unreadable: string[] = [];
  #records = 0;

  /** What is kept already, to be brought up to date. */
  static from({ advisories }: Pick<EcosystemAdvisories, "advisories">): RecordCollector {
    const collector = new RecordCollector();
    for (const advisory of advisories) collector.#advisories.set(advisory.id, { modified: advisory.modified, advisory });
    return collector;
  }

  add(record: unknown): void {
    this.#records += 1;
    const { id, modified = "", advisory, unreadable } = readRecord(record);
    if (unreadable !== undefined) this.#unreadable.push(`${id ?? `record ${this.#records}`}: ${unreadable}`);
    if (id === undefined) return;
    const there = this.#advisories.get(id);
    if (!there || modified >= there.modified) this.#advisories.set(id, { modified, advisory });
  }

  /** A text of the source that is no record, in words. */
  addUnreadable(what: string): void {
    this.#records += 1;
    this.#unreadable.push(what);
  }

  get records(): number {
    return this.#records;
  }

  /** How many different ones. */
  get known(): number {
    return this.#advisories.size;
  }

  /** Which, and why, in words. */
  get unreadable(): readonly string[] {
    return this.#unreadable;
  }

  /** Those about `ecosystem`, with nothing else of theirs. */
  advisoriesOf(ecosystem: Ecosystem): readonly Advisory[] {
    const found: Advisory[] = [];
    for (const { advisory } of this.#advisories.values()) {
      const affected = advisory?.affected.filter((one) => one.ecosystem === ecosystem) ?? [];
      if (advisory && affected.length > 0) found.push({ ...advisory, affected });
    }
    return found;
  }

  /** Everything, as it is kept. @param facts when and whence */
  all(facts: Pick<EcosystemAdvisories, "source" | "fetchedAt">): readonly EcosystemAdvisories[] {
    return ecosystems.map((ecosystem) => ({
      format: 1,
      ecosystem,
      ...facts,
      unreadable: this.#unreadable.length,
      advisories: this.advisoriesOf(ecosystem),
    }));
  }
}
