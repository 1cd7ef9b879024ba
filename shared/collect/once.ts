/** What two collectors need is asked of AWS once a scan. */
import type { CollectContext } from "./collector.ts";
import type { EventHistory } from "./event-history.ts";

// a scan of a Region has a history of its own: the answers end with it
const asked = new WeakMap<EventHistory, Map<string, Promise<unknown>>>();

/** The answer to `key`, asked by whoever comes first; a failure is everybody's. */
export function once<T>({ history }: CollectContext, key: string, ask: () => Promise<T>): Promise<T> {
  const answers = asked.get(history) ?? new Map<string, Promise<unknown>>();
  asked.set(history, answers);
  const known = answers.get(key);
  if (known) return known as Promise<T>;
  const answer = ask();
  answers.set(key, answer);
  return answer;
}
