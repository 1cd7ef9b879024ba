/** Resources chosen and put in order, with what the document knows of their use. */
import { moreOpen } from "../graph/exposure.ts";
import { compare } from "../model/compare.ts";
import type { DocumentResource, FunctionFacts, ScanDocument } from "../model/document.ts";
import type { ExposureLevel } from "../model/graph.ts";

/** Most open first; what could not be judged stands before what is closed. */
export const exposureLevels: readonly ExposureLevel[] = [
  "internet-anonymous",
  "internet-authenticated",
  "cross-account",
  "unknown",
  "internal",
  "none",
];

export const resourceOrders = ["type", "name", "region", "owner", "exposure", "last-used"] as const;
export type ResourceOrder = (typeof resourceOrders)[number];

/** When a resource was last used, as far as anybody can tell. */
export interface LastUse {
  readonly state: "used" | "none-seen" | "unknown";
  readonly at?: string;
  /** Days without a sign of use. */
  readonly quietDays?: number;
}

/** What the scan found out about use; absent where it did not look. */
interface Watched {
  readonly lastUsed?: LastUse;
}

export interface ResourceRow {
  readonly resource: DocumentResource;
  readonly lastUse: LastUse;
  /** By whatever way it is most open. */
  readonly exposed: ExposureLevel;
}

export interface ResourceChoice {
  /** Types, or the ends of types, in any case: `AWS::SQS::Queue`, `sqs`, `queue`. */
  readonly types?: readonly string[];
  readonly regions?: readonly string[];
  /** This level and more open ones. */
  readonly exposed?: ExposureLevel;
  /** `unowned` for nobody's. */
  readonly owner?: string;
  readonly unusedForDays?: number;
}

/** Every resource of the document as a row. */
export function resourceRows({ resources, functions }: Pick<ScanDocument, "resources" | "functions">): ResourceRow[] {
  const byArn = new Map(functions.map((one) => [one.arn, one]));
  return resources.map((resource) => {
    const { level, indirectLevel } = resource.exposure;
    return {
      resource,
      lastUse: lastUseOf(resource, byArn.get(resource.arn)),
      exposed: indirectLevel ? moreOpen(level, indirectLevel) : level,
    };
  });
}

function lastUseOf(resource: DocumentResource & Watched, facts: FunctionFacts | undefined): LastUse {
  if (!facts) return resource.lastUsed ?? { state: "unknown" };
  const { state, at, quietDays } = facts.lastInvocation;
  return {
    state: state === "invoked" ? "used" : state,
    ...(at ? { at } : {}),
    ...(quietDays === undefined ? {} : { quietDays }),
  };
}

/** Rows that answer to all of the choice. */
export function chooseResources(rows: readonly ResourceRow[], choice: ResourceChoice): ResourceRow[] {
  const { types = [], regions = [], exposed, owner, unusedForDays } = choice;
  return rows.filter(
    (row) =>
      (types.length === 0 || types.some((type) => isOfType(row.resource.type, type))) &&
      (regions.length === 0 || regions.includes(row.resource.region)) &&
      (exposed === undefined || exposureLevels.indexOf(row.exposed) <= exposureLevels.indexOf(exposed)) &&
      (owner === undefined || (row.resource.owner.team ?? "unowned") === owner) &&
      (unusedForDays === undefined || (row.lastUse.quietDays ?? -1) >= unusedForDays),
  );
}

/** `AWS::SQS::Queue` by its whole name, its service or its last word. */
export function isOfType(type: string, asked: string): boolean {
  const wanted = asked.toLowerCase();
  const parts = type.toLowerCase().split("::");
  return type.toLowerCase() === wanted || parts.slice(1).includes(wanted) || parts.slice(0, 2).join("::") === wanted;
}

/** In order; equal ones by type, name and Region. */
export function sortResources(rows: readonly ResourceRow[], order: ResourceOrder): ResourceRow[] {
  const keys: Readonly<Record<ResourceOrder, (row: ResourceRow) => string | number>> = {
    type: () => 0,
    name: ({ resource }) => resource.name,
    region: ({ resource }) => resource.region,
    // what nobody owns is what the order is asked for
    owner: ({ resource }) => resource.owner.team ?? "",
    exposure: ({ exposed }) => exposureLevels.indexOf(exposed),
    "last-used": ({ lastUse }) => -(lastUse.quietDays ?? -1),
  };
  const key = keys[order];
  return rows.toSorted(
    (a, b) =>
      compare(key(a), key(b)) ||
      compare(a.resource.type, b.resource.type) ||
      compare(a.resource.name, b.resource.name) ||
      compare(a.resource.region, b.resource.region),
  );
}
