/** Which permissions reading takes, from what the collectors say of themselves; collectors.json has that without the collectors. */
import type { CollectorMeta } from "./contract/collector.ts";

export interface ToldOfCollectors {
  readonly collectors: readonly Pick<CollectorMeta, "name" | "actions" | "reads">[];
  /** Of these, what gives links to code. */
  readonly codeActions: readonly string[];
  /** And manifests of images, and links to their layers. */
  readonly imageActions: readonly string[];
}

export interface ReadChoice {
  /** False: without what gives a link to code, also where only the name of an image would be read. */
  readonly code?: boolean;
  /** False: without what gives manifests of images and links to their layers. */
  readonly images?: boolean;
}

/** IAM actions that reading an account takes, sorted. */
export function actionsToRead(
  { collectors, codeActions, imageActions }: ToldOfCollectors,
  { code = true, images = false }: ReadChoice,
): string[] {
  const actions = new Set(collectors.flatMap((collector) => collector.actions));
  if (!code) for (const action of codeActions) actions.delete(action);
  if (!code || !images) for (const action of imageActions) actions.delete(action);
  return [...actions].sort();
}
