/** Runs a scan in this process: nothing is checkpointed, a crash starts over (and finds its findings in the store). */
import type { Runner } from "./runner.ts";

export const localRunner: Runner = {
  step: (_name, work) => work(),
  async map(_name, items, work, { concurrency }) {
    const answers = new Array<Awaited<ReturnType<typeof work>>>(items.length);
    const queue = items.entries();
    const worker = async () => {
      for (const [i, item] of queue) answers[i] = await work(item);
    };
    // all of them end before the first failure is passed on: nothing still writes while the scan gives up
    const workers = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, worker));
    for (const one of workers) if (one.status === "rejected") throw one.reason;
    return answers;
  },
};
