/**
 * What a stack's template says about which functions run while it is deployed: handlers of custom resources, macros and triggers, hooks of
 * gradual deployments. Nothing else of a template is looked at or kept: people write secrets into them.
 */
import { parse } from "yaml";
import { cleanText } from "../model/plain-text.ts";

type Json = Record<string, unknown>;

/** Members that name a function which CloudFormation, CodeDeploy or a helper calls during a deployment. */
const calling: readonly { readonly type: RegExp; readonly members: readonly string[] }[] = [
  { type: /^(AWS::CloudFormation::CustomResource|Custom::.+)$/, members: ["ServiceToken", "HandlerArn"] },
  { type: /^AWS::CloudFormation::Macro$/, members: ["FunctionName"] },
  { type: /^AWS::(Serverless::Function|Lambda::Alias)$/, members: ["DeploymentPreference"] },
];
/** A version or an alias stands for its function. */
const standsFor = /^AWS::Lambda::(Version|Alias)$/;

/** Reasons by the function's logical id; a function of another stack by its ARN. @throws when the text is no template */
export function calledByDeployment(text: string): Readonly<Record<string, string>> {
  const resources = resourcesOf(text);
  const called = new Map<string, string>();
  for (const [id, { type, properties, updatePolicy }] of resources) {
    const members = calling.find((one) => one.type.test(type))?.members ?? [];
    const named = [...members.map((member) => properties[member]), updatePolicy].flatMap(textsIn);
    const reason = updatePolicy || /Function$|Alias$/.test(type) ? `hook of the deployment of ${id}` : `called by ${wordOf(type)} ${id}`;
    for (const target of named.flatMap((one) => targetsOf(one, resources))) {
      if (target !== id && !called.has(target)) called.set(target, cleanText(reason, 200));
    }
  }
  return Object.fromEntries(called);
}

/** The template with no more than `calledByDeployment` reads. */
export function redactTemplate(text: unknown): string {
  try {
    const kept = [...resourcesOf(String(text))].map(([id, { type, properties, updatePolicy }]) => {
      const members = [...(calling.find((one) => one.type.test(type))?.members ?? []), ...(standsFor.test(type) ? ["FunctionName"] : [])];
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
  const template = (
    text.trimStart().startsWith("{") ? JSON.parse(text) : parse(text, { logLevel: "silent", maxAliasCount: 100 })
  ) as unknown;
  if (typeof template !== "object" || template === null) throw new Error("a stack's template is neither JSON nor YAML");
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

/** Every text in a value: `{ "Fn::GetAtt": ["Seed", "Arn"] }` and `!GetAtt Seed.Arn` alike. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The logical ids that a text refers to, or the ARN that it is; versions and aliases are followed to their function. */
function targetsOf(text: string, resources: ReadonlyMap<string, TemplateResource>, depth = 0): string[] {
  if (/^arn:[^:]+:lambda:/.test(text)) return [text];
  const ids = [text.split(".")[0] ?? "", ...[...text.matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id]) => id ?? "")];
  return ids.flatMap((id) => {
    const resource = resources.get(id);
    if (!resource) return [];
    if (!standsFor.test(resource.type) || depth > 3) return [id];
    return textsIn(resource.properties.FunctionName).flatMap((next) => targetsOf(next, resources, depth + 1));
  });
}

function wordOf(type: string): string {
  return type === "AWS::CloudFormation::Macro" ? "macro" : "custom resource";
}
