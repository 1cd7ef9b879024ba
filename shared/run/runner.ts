/**
 * How a scan is cut into pieces that survive a crash. Two implementations: local-runner.ts (in process)
 * and durable-runner.ts (AWS Lambda durable functions, every piece checkpointed).
 */
export interface Runner {
  /**
   * Runs `work` once and remembers its answer under `name`. On a durable runner a finished step is not run again after a
   * crash: its remembered answer is returned. Answers must be small and JSON-serializable (a blob key and counts, never resources).
   */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Runs one step per item, at most `concurrency` at a time; answers in the order of `items`. */
  map<I, T>(
    name: string,
    items: readonly I[],
    work: (item: I) => Promise<T>,
    options: { readonly concurrency: number; readonly nameOf: (item: I) => string },
  ): Promise<T[]>;
}
