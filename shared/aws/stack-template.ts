/**
 * What a stack's template says about which functions run while it is deployed: handlers of custom resources, macros and triggers, hooks of
 * gradual deployments. Nothing else of a template is looked at or kept: people write secrets into them.
 */
import { parseDocument } from "yaml";
import { cleanText } from "../model/plain-text.ts";

type Json = Record<string, unknown>;

const hookWord = "hook of the deployment of";
/** Members that name a function which CloudFormation, CodeDeploy or a helper calls during a deployment. */
const calling: readonly { readonly type: RegExp; readonly members: readonly string[]; readonly word: string }[] = [
  {
    type: /^(AWS::CloudFormation::CustomResource|Custom::.+)$/,
    members: ["ServiceToken", "HandlerArn"],
    word: "called by custom resource",
  },
  { type: /^AWS::CloudFormation::Macro$/, members: ["FunctionName"], word: "called by macro" },
  { type: /^AWS::CloudFormation::LambdaHook$/, members: ["LambdaFunction"], word: "called by hook" },
  { type: /^AWS::(Serverless::Function|Lambda::Alias)$/, members: ["DeploymentPreference"], word: hookWord },
];
/** CloudFormation takes 1 MB, and answers no more. */
const longestTemplate = 2_000_000;
/** A version or an alias stands for its function. */
const standsFor = /^AWS::Lambda::(Version|Alias)$/;

/** Reasons by the function's logical id; as `function:NAME` where the template names it otherwise. @throws when the text is no template */
export function calledByDeployment(text: string): Readonly<Record<string, string>> {
  const resources = resourcesOf(text);
  const called = new Map<string, string>();
  for (const [id, { type, properties, updatePolicy }] of resources) {
    const { members = [], word = hookWord } = callingOf(type) ?? {};
    const named = [...members.map((member) => properties[member]), updatePolicy].flatMap(textsIn);
    const seen = new Set<string>();
    for (const target of named.flatMap((one) => targetsOf(one, resources, seen))) {
      if (target !== id && !called.has(target)) called.set(target, cleanText(`${word} ${id}`, 200));
    }
  }
  return Object.fromEntries(called);
}

/** The template with no more than `calledByDeployment` reads. */
export function redactTemplate(text: unknown): string {
  try {
    const kept = [...resourcesOf(String(text))].map(([id, { type, properties, updatePolicy }]) => {
      const members = [...(callingOf(type)?.members ?? []), ...(standsFor.test(type) ? ["FunctionName"] : [])];
      const Properties = Object.fromEntries(members.flatMap((member) => (member in properties ? [[member, properties[member]]] : [])));
      return [id, { Type: type, Properties, ...(updatePolicy ? { UpdatePolicy: updatePolicy } : {}) }];
    });
    return JSON.stringify({ Resources: Object.fromEntries(kept) });
  } catch {
    return "{}";
  }
}

interface TemplateResource {
  readonly type: string;
  readonly properties: Json;
  readonly updatePolicy: unknown;
}

function resourcesOf(text: string): Map<string, TemplateResource> {
  if (text.length > longestTemplate) throw new Error("a stack's template is longer than CloudFormation takes");
  const template = text.trimStart().startsWith("{") ? (JSON.parse(text) as unknown) : parsedYaml(text);
  if (typeof template !== "object" || template === null) throw new Error("a stack's template is neither JSON nor YAML");
  if (!("Resources" in template)) throw new Error("a stack's template has no resources: it was not read as a whole");
  const entries = Object.entries(((template as Json).Resources ?? {}) as Json);
  return new Map(
    entries.flatMap(([id, resource]) => {
      if (typeof resource !== "object" || resource === null) return [];
      const { Type, Properties, UpdatePolicy } = resource as Json;
      const properties = typeof Properties === "object" && Properties !== null ? (Properties as Json) : {};
      const updatePolicy = (UpdatePolicy as Json | undefined)?.CodeDeployLambdaAliasUpdate;
      return [[id, { type: String(Type ?? ""), properties, updatePolicy }] as const];
    }),
  );
}

/** @throws for what YAML cannot make out: half a template would say that nobody is called */
function parsedYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new Error(`a stack's template is no YAML: ${error.code}`);
  return document.toJS({ maxAliasCount: 100 }) as unknown;
}

/** Every text in a value: `{ "Fn::GetAtt": ["Seed", "Arn"] }` and `!GetAtt Seed.Arn` alike. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The logical ids that a text refers to, or `function:NAME` where it names one; versions and aliases are followed to their function. */
function targetsOf(text: string, resources: ReadonlyMap<string, TemplateResource>, seen: Set<string>): string[] {
  const name = /:function:([A-Za-z0-9_-]+)/.exec(text)?.[1];
  if (name) return [`function:${name}`];
  const ids = [text.split(".")[0] ?? "", ...[...text.matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id]) => id ?? "")];
  return ids.flatMap((id) => {
    const resource = resources.get(id);
    // hostile templates refer in circles, and everything to everything
    if (!resource || seen.has(id)) return [];
    seen.add(id);
    if (!standsFor.test(resource.type)) return [id];
    return textsIn(resource.properties.FunctionName).flatMap((next) => targetsOf(next, resources, seen));
  });
}

function callingOf(type: string) {
  return calling.find((one) => one.type.test(type));
}
