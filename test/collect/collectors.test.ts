import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collectors } from "../../shared/collect/collectors.ts";
import type { CollectorMeta } from "../../shared/collect/contract/collector.ts";
import { services } from "../../shared/collect/services.ts";
import { serviceNames } from "../../shared/model/graph.ts";

const folder = join(import.meta.dirname, "../../shared/collect");

/** Every collector that a file makes. */
async function made(): Promise<(CollectorMeta & { readonly collect?: unknown })[]> {
  const files = globSync("**/*.ts", { cwd: folder }).map((file) => join(folder, file));
  const perFile = files.map(async (file) => {
    const names = [...readFileSync(file, "utf8").matchAll(/^export const (\w+Collector)\b/gm)].map(([, name = ""]) => name);
    const module = names.length > 0 ? ((await import(file)) as Record<string, CollectorMeta>) : {};
    return names.flatMap((name) => module[name] ?? []);
  });
  return (await Promise.all(perFile)).flat();
}

const namesOf = (list: readonly CollectorMeta[]) => list.map(({ name }) => name).toSorted();

test("every collector that a file makes is in the list, once, or its permissions would not be deployed", async () => {
  const all = await made();
  expect(all.length).toBeGreaterThan(40);
  expect(namesOf(collectors)).toEqual(namesOf(all));
});

test("every one that reads a service is asked, and every service has one", async () => {
  const reading = (await made()).filter(({ collect }) => collect !== undefined);
  expect(namesOf(services)).toEqual(namesOf(reading));
  const derived = ["resource-usage", "role-use", "event-history"];
  expect([...namesOf(services), ...derived].toSorted()).toEqual([...serviceNames].toSorted());
});
