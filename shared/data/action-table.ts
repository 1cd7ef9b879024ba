/**
 * Every action of IAM: how AWS writes it, what kind of access it is, and which resources it knows. The facts stand in actions.json
 * (`node tools/write-actions.ts`), taken from the Service Authorization Reference by way of the package it names. Each service is taken apart
 * when it is first asked for.
 */
import file from "./actions.json" with { type: "json" };

/** Day of the release the file was made from; source beside it. */
export const actionsAsOf: string = file.asOf;

/** As the reference sorts them. `permissions`: who may do what; it counts before writing. `tagging` writes tags only. */
export type AccessLevel = "list" | "read" | "write" | "tagging" | "permissions";

export interface ResourceType {
  /** As the reference names it within its service: `function`, `table`. */
  readonly name: string;
  /** `arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}` */
  readonly arnFormat: string;
  /** The format with `*` for every variable, as a policy may have it. */
  readonly arnPattern: string;
}

export interface ActionFacts {
  /** As AWS writes it: `dynamodb:GetItem`. */
  readonly name: string;
  /** The prefix: `dynamodb`. */
  readonly service: string;
  readonly level: AccessLevel;
  /** Empty: the action knows no resources, a policy must say `*`. `required`: AWS asks about one of that type at every call. */
  readonly resources: readonly (ResourceType & { readonly required: boolean })[];
}

const services: Readonly<Record<string, readonly string[]>> = file.services;
const letters: Readonly<Record<string, AccessLevel>> = { L: "list", R: "read", W: "write", T: "tagging", P: "permissions" };

interface Service {
  readonly types: readonly ResourceType[];
  /** By name, lower case, without the prefix; in the order of the names. */
  readonly actions: ReadonlyMap<string, ActionFacts>;
}
const read = new Map<string, Service>();

/** Prefixes of all services, sorted: `dynamodb`, `states`. */
export const servicePrefixes: readonly string[] = Object.keys(services);

/** What is known of `dynamodb:getitem`, in any case; undefined for what the table does not know, wildcards among it. */
export function actionOf(action: string): ActionFacts | undefined {
  const at = action.indexOf(":");
  return at < 0 ? undefined : serviceOf(action.slice(0, at))?.actions.get(action.slice(at + 1).toLowerCase());
}

/** All actions of a service by its prefix, sorted; empty where the table does not know it. */
export function actionsOf(service: string): readonly ActionFacts[] {
  return [...(serviceOf(service)?.actions.values() ?? [])];
}

/** The types of resources of a service by its prefix. */
export function resourceTypesOf(service: string): readonly ResourceType[] {
  return serviceOf(service)?.types ?? [];
}

/** By prefix, in any case. */
export function isServiceKnown(service: string): boolean {
  return Object.hasOwn(services, service.toLowerCase());
}

function serviceOf(prefix: string): Service | undefined {
  const name = prefix.toLowerCase();
  const known = read.get(name);
  if (known || !Object.hasOwn(services, name)) return known;
  const made = takenApart(name, services[name] ?? []);
  read.set(name, made);
  return made;
}

function takenApart(service: string, [typeText = "", actionText = ""]: readonly string[]): Service {
  const types = entries(typeText).map(([name = "", arnFormat = ""]): ResourceType => {
    return { name, arnFormat, arnPattern: arnFormat.replace(/\$\{[^}]*\}/g, "*") };
  });
  const actions = entries(actionText).map(([name = "", letter = "", used = ""]): [string, ActionFacts] => {
    const resources = (used === "" ? [] : used.split(",")).flatMap((text) => {
      const type = types[Number.parseInt(text, 10)];
      return type ? [{ ...type, required: text.endsWith("!") }] : [];
    });
    const facts = { name: `${service}:${name}`, service, level: letters[letter] ?? "write", resources };
    return [name.toLowerCase(), facts];
  });
  return { types, actions: new Map(actions) };
}

function entries(text: string): string[][] {
  return text === "" ? [] : text.split(";").map((entry) => entry.split("|"));
}
