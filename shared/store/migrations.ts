/** Items carry the schema version that wrote them and are brought up to date when they are read. */
import type { Item } from "./item.ts";
import { outboxPerChannel } from "./outbox-migration.ts";
import { ForeignTableError } from "./store.ts";

export type { Item } from "./item.ts";

/** Brings an item from one schema version to the next; gets items of every kind and leaves alone what it does not concern. */
export type Migration = (item: Item) => Item;

/** `migrations[0]` leads from version 1 to version 2, and so on. Never change one that was released. */
export const migrations: readonly Migration[] = [outboxPerChannel];

export const currentSchemaVersion = schemaVersionOf(migrations);

/** The version that `list` leads to. */
export function schemaVersionOf(list: readonly Migration[]): number {
  return list.length + 1;
}

/** The item as this program knows it. Throws ForeignTableError when a newer program wrote it. */
export function migrate(item: Item, list: readonly Migration[] = migrations): Item {
  const version = typeof item.schemaVersion === "number" ? item.schemaVersion : 1;
  const current = schemaVersionOf(list);
  if (version > current) {
    throw new ForeignTableError(
      `The item ${item.pk} ${item.sk} was written by a newer Small Target (schema ${version}, this one knows ${current}): update smalltarget.`,
    );
  }
  if (version === current) return item;
  const migrated = list.slice(version - 1).reduce((older, step) => step(older), item);
  return { ...migrated, schemaVersion: current };
}
