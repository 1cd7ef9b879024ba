/** JSON Schema of the settings file, from the schemas by which it is read, so that an editor knows what may stand there. */
import * as v from "valibot";
import { channelKinds } from "../shared/channel-settings/kinds.ts";
import { routeEntries } from "../shared/channel-settings/routes.ts";
import type { Rule } from "../shared/model/rule.ts";
import { isThreshold, type Setting } from "../shared/model/rule-settings.ts";
import { fileSchema } from "../shared/settings.ts";

type Json = Readonly<Record<string, unknown>>;
/** Of a schema of valibot, what is read of it here. */
interface Described {
  readonly type: string;
  readonly wrapped?: Described;
  readonly item?: Described;
  readonly key?: Described;
  readonly value?: Described;
  readonly options?: readonly unknown[];
  readonly entries?: Readonly<Record<string, Described>>;
  readonly literal?: unknown;
  readonly default?: unknown;
  readonly kind?: string;
  readonly requirement?: unknown;
  readonly pipe?: readonly Described[];
}

export function settingsSchema(rules: readonly Rule[]): Json {
  const { channels: _, routes: __, rules: ___, ...entries } = fileSchema.entries;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Settings of Small Target",
    type: "object",
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(Object.entries(entries).map(([name, schema]) => [name, toJson(schema)])),
      rules: {
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleJson(rule)])),
      },
      channels: {
        type: "object",
        minProperties: 1,
        description: "by name; left out, messages go the one way there is",
        additionalProperties: {
          oneOf: Object.entries(channelKinds).map(([kind, options]) =>
            strict({ kind: { const: kind }, ...members(options) }, ["kind", ...required(options)]),
          ),
        },
      },
      routes: {
        type: "array",
        minItems: 1,
        description: "a finding goes to the channels of every route that matches; without routes to every channel",
        items: strict({ ...members(routeEntries), env: { anyOf: [toJson(routeEntries.env), { type: "string" }] } }, required(routeEntries)),
      },
    },
  };
}

function ruleJson(rule: Rule): Json {
  const settings = Object.entries(rule.settings).map(([name, setting]) => [name, settingJson(setting)]);
  return strict({ enabled: { type: "boolean", default: true }, ...Object.fromEntries(settings) }, [], rule.summary);
}

function settingJson(setting: Setting): Json {
  const common = { description: setting.meaning, default: setting.default };
  if (isThreshold(setting)) return { type: "number", minimum: setting.minimum, ...common };
  if (typeof setting.default !== "string") return { type: "array", items: { type: "string" }, ...common };
  return "oneOf" in setting && setting.oneOf ? { enum: setting.oneOf, ...common } : { type: "string", ...common };
}

function strict(properties: Json, names: readonly string[], description?: string): Json {
  return {
    type: "object",
    ...(description ? { description } : {}),
    additionalProperties: false,
    ...(names.length > 0 ? { required: names } : {}),
    properties,
  };
}

function members(entries: v.ObjectEntries): Json {
  return Object.fromEntries(Object.entries(entries).map(([name, schema]) => [name, toJson(schema)]));
}

function required(entries: v.ObjectEntries): string[] {
  return Object.entries(entries).flatMap(([name, { type }]) => (/^(exact_)?optional$/.test(type) ? [] : [name]));
}

/** @throws for a schema of a type that nobody has used yet */
function toJson(schema: unknown): Json {
  const described = schema as Described;
  const description = v.getDescription(schema as v.GenericSchema);
  const json = { ...typeJson(described), ...constraints(described) };
  return description === undefined ? json : { ...json, description };
}

function typeJson({ type, wrapped, item, value, options = [], entries = {}, literal, default: preset }: Described): Json {
  if (type === "string" || type === "number" || type === "boolean") return { type };
  if (type === "unknown" || type === "any") return {};
  if (type === "literal") return { const: literal };
  if (type === "picklist") return { enum: options };
  if (type === "array") return { type: "array", items: toJson(item) };
  if (type === "union" || type === "variant") return { anyOf: options.map(toJson) };
  if (type === "record") return { type: "object", additionalProperties: toJson(value) };
  if (type === "optional" || type === "exact_optional")
    return { ...toJson(wrapped), ...(preset === undefined || typeof preset === "function" ? {} : { default: preset }) };
  if (type === "strict_object" || type === "object")
    return strict(members(entries as unknown as v.ObjectEntries), required(entries as unknown as v.ObjectEntries));
  throw new Error(`settings-schema: a schema of type ${type} is not known here yet`);
}

/** What of a pipe JSON Schema can say; checks by a function are left to the program. */
function constraints({ type, pipe = [] }: Described): Json {
  const said = checksOf({ type, pipe });
  const list = type === "array";
  return Object.fromEntries(
    said.flatMap(({ type: check, requirement }): [string, unknown][] => {
      if (check === "regex") return [["pattern", (requirement as RegExp).source]];
      if (check === "min_length") return [[list ? "minItems" : "minLength", requirement]];
      if (check === "max_length") return [[list ? "maxItems" : "maxLength", requirement]];
      if (check === "min_value") return [["minimum", requirement]];
      if (check === "max_value") return [["maximum", requirement]];
      if (check === "integer") return [["multipleOf", 1]];
      return [];
    }),
  );
}

/** A pipe may begin with another one. */
function checksOf({ pipe = [] }: Described): Described[] {
  return pipe.flatMap((step) => (step.kind === "validation" ? [step] : checksOf(step)));
}
