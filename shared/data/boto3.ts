/**
 * How boto3 names what AWS can do: operations of the services that functions call, waiters, and the resources of its object-like half. The
 * facts stand in boto3-operations.json and boto3-resources.json, taken from the packages that they name.
 */
import operationsFile from "./boto3-operations.json" with { type: "json" };
import resourcesFile from "./boto3-resources.json" with { type: "json" };

/** Day on which the files were made; the sources stand beside it. */
export const boto3AsOf: string = operationsFile.asOf;

/** One kind of resource. Rows read `PutItem TableName=Name -> Type Identifier=Source`; boto3's own names are the keys. */
export interface ResourceShape {
  /** `Name:TableName`: the identifier and, after the colon, what the API calls it. */
  readonly identifiers?: string;
  /** What is called when an attribute is read the first time. */
  readonly load?: string;
  readonly actions?: Readonly<Record<string, string>>;
  /** Actions of a whole collection. */
  readonly batch?: Readonly<Record<string, string>>;
  /** Other resources that are reached from it without a call. */
  readonly has?: Readonly<Record<string, string>>;
  readonly collections?: Readonly<Record<string, string>>;
}

const operations: Readonly<Record<string, string>> = operationsFile.operations;
const waiters: Readonly<Record<string, string>> = operationsFile.waiters;
const resources: Readonly<Record<string, Readonly<Record<string, ResourceShape>>>> = resourcesFile.services;
const split = new Map<string, ReadonlyMap<string, string>>();
let services: ReadonlyMap<string, readonly string[]> | undefined;

/** Operations of a service by name in lower case without underscores; undefined for a service that the file does not hold. */
export function operationsOf(service: string): ReadonlyMap<string, string> | undefined {
  const known = split.get(service);
  const row = operations[service];
  if (known || !row) return known;
  const made = new Map(row.split(" ").map((name) => [name.toLowerCase(), name]));
  split.set(service, made);
  return made;
}

/** Services that have an operation of this name, in lower case without underscores. */
export function servicesWith(operation: string): readonly string[] {
  if (!services) {
    const pairs = Object.keys(operations).flatMap((service) =>
      [...(operationsOf(service)?.keys() ?? [])].map((name) => [name, service] as const),
    );
    const grouped = Map.groupBy(pairs, ([name]) => name);
    services = new Map([...grouped].map(([name, rows]) => [name, rows.map(([, service]) => service)]));
  }
  return services.get(operation) ?? [];
}

/** The operation that a waiter calls again and again: `table_exists` of `dynamodb` is `DescribeTable`. */
export function waiterOperation(service: string, waiter: string): string | undefined {
  const rows = waiters[service]?.split(" ") ?? [];
  return rows
    .find((row) =>
      row
        .slice(row.indexOf(":") + 1)
        .split(",")
        .includes(waiter),
    )
    ?.split(":")[0];
}

/** A kind of resource of a service: `Table` of `dynamodb`; the service's own entry has no name. */
export function resourceShape(service: string, shape: string): ResourceShape | undefined {
  return resources[service]?.[shape];
}
