import { expect, test } from "vitest";
import { Memory } from "../../../shared/code/javascript/memory.ts";
import type { Values } from "../../../shared/code/javascript/values.ts";

const found: Values = [{ kind: "builder", client: "sqs" }];

function asker() {
  const memory = new Memory();
  const known = new Map<string, Values>();
  const ask = (key: string, work: () => Values): Values => {
    const answer = known.get(key);
    if (answer) {
      memory.use(key);
      return answer;
    }
    return memory.workOut(key, work, (values) => {
      if (values) known.set(key, values);
      else known.delete(key);
    });
  };
  return { memory, ask, forget: (key: string) => known.delete(key) };
}

/** Each time while something else is being worked out that it goes by, which is nothing until then. */
function askInCircles(ask: ReturnType<typeof asker>["ask"], times: number): void {
  for (let n = 0; n < times; n++) ask(`around ${n}`, () => ask("wanted", () => ask(`around ${n}`, () => found)));
}

test("what came to nothing in a circle is worked out anew when it is asked from outside", () => {
  const { ask } = asker();
  askInCircles(ask, 2);
  expect(ask("wanted", () => found)).toEqual(found);
});

test("after many circles it is left so, until somebody who needs it has it opened again", () => {
  const { memory, ask, forget } = asker();
  askInCircles(ask, 10);
  expect(ask("wanted", () => found)).toEqual([]);
  expect(ask("made of it", () => ask("wanted", () => found))).toEqual([]);
  expect(memory.openAgain()).toBe(true);
  forget("made of it");
  expect(ask("made of it", () => ask("wanted", () => found))).toEqual(found);
});

test("is opened again a few times only, and not while something is being worked out", () => {
  const { memory, ask } = asker();
  expect(memory.openAgain()).toBe(false);
  let opened = 0;
  for (let n = 0; n < 40; n++) {
    for (let m = 0; m < 10; m++) ask(`around ${n} ${m}`, () => ask(`wanted ${n}`, () => ask(`around ${n} ${m}`, () => found)));
    ask(`busy ${n}`, () => (memory.openAgain() ? found : []));
    if (memory.openAgain()) opened++;
  }
  expect(opened).toBeGreaterThan(0);
  expect(opened).toBeLessThan(20);
});
