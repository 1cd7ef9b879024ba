/** The names that patterns take out of something. */
import { type Node, writtenKey } from "./nodes.ts";
import { says } from "./running-forms.ts";

/** What `{ a: b, c = d }` takes under other names, and what is worked out where it stands. */
export function takenBy(pattern: Node): { readonly names: readonly { key: string; to: string }[]; readonly others: readonly Node[] } {
  if (pattern.type === "Identifier") return { names: [], others: [] };
  if (pattern.type !== "ObjectPattern") return { names: [], others: [pattern] };
  const names: { key: string; to: string }[] = [];
  const others: Node[] = [];
  for (const one of pattern.properties) {
    const value = one.type === "Property" ? one.value : undefined;
    const to = value?.type === "AssignmentPattern" ? value.left : value;
    const key = one.type === "Property" ? writtenKey(one.key, one.computed) : undefined;
    if (key !== undefined && to?.type === "Identifier") names.push({ key, to: to.name });
    // `{ a: { b } }` takes `a`
    else others.push(...(key === undefined || !to ? [one] : [says(key), to]));
    if (value?.type === "AssignmentPattern") others.push(value.right);
  }
  return { names, others };
}

/** `{ a, b: c } = d` */
export function namesTaken(pattern: Extract<Node, { type: "ObjectPattern" }>): readonly string[] {
  return pattern.properties.flatMap((one) => (one.type === "Property" ? (writtenKey(one.key, one.computed) ?? []) : []));
}
