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
const importing = "Fn::ImportValue";
/** `!ImportValue name` is an import, and no text like any other. */
const shortImport = { tag: "!ImportValue", resolve: (name: string) => ({ [importing]: name }) };
/** A version or an alias stands for its function. */
const standsFor = /^AWS::Lambda::(Version|Alias)$/;

/** Who is called, by what a template calls them, and what it exports to others. */
export interface DeploymentCalls {
  /**
   * Reasons by the function's logical id; as `function:NAME` where the template names it otherwise, as `import:EXPORT` where another
   * stack exports it, as `parameter:NAME` where it is told at the deployment. Parts of an export's name that are filled in then are `*`.
   */
  readonly calls: Readonly<Record<string, string>>;
  /** Names of exports, with the logical ids or `function:NAME` that they give away. */
  readonly exports: readonly { readonly name: string; readonly targets: readonly string[] }[];
}

/** @throws when the text is no template */
export function calledByDeployment(text: string): DeploymentCalls {
  const { resources, outputs, parameters } = readTemplate(text);
  const called = new Map<string, string>();
  for (const [id, { type, properties, updatePolicy }] of resources) {
    const { members = [], word = hookWord } = callingOf(type) ?? {};
    const values = [...members.map((member) => properties[member]), updatePolicy];
    const named = values.flatMap(textsIn);
    const seen = new Set<string>();
    const told = named.flatMap((one) => (parameters.has(one) && !resources.has(one) ? [`parameter:${one}`] : []));
    const imported = values.flatMap((value) => importsIn(value)).map((name) => `import:${name}`);
    for (const target of [...named.flatMap((one) => targetsOf(one, resources, seen)), ...told, ...imported]) {
      if (target !== id && !called.has(target)) called.set(target, cleanText(`${word} ${id}`, 200));
    }
  }
  const exports = outputs.flatMap(({ name, value }) => {
    const seen = new Set<string>();
    const targets = textsIn(value).flatMap((one) => targetsOf(one, resources, seen));
    return targets.length > 0 ? [{ name, targets }] : [];
  });
  return { calls: Object.fromEntries(called), exports };
}

/** The template with no more than `calledByDeployment` reads. */
export function redactTemplate(text: unknown): string {
  try {
    const { resources, outputs, parameters } = readTemplate(String(text));
    const kept = [...resources].map(([id, { type, properties, updatePolicy }]) => {
      const members = [...(callingOf(type)?.members ?? []), ...(standsFor.test(type) ? ["FunctionName"] : [])];
      const Properties = Object.fromEntries(members.flatMap((member) => (member in properties ? [[member, properties[member]]] : [])));
      return [id, { Type: type, Properties, ...(updatePolicy ? { UpdatePolicy: updatePolicy } : {}) }];
    });
    const known = outputs.filter(({ value }) => textsIn(value).some((one) => targetsOf(one, resources, new Set()).length > 0));
    return JSON.stringify({
      Resources: Object.fromEntries(kept),
      Parameters: Object.fromEntries([...parameters].map((name) => [name, {}])),
      Outputs: Object.fromEntries(known.map(({ name, value }, n) => [`Export${n}`, { Value: value, Export: { Name: name } }])),
    });
  } catch {
    return "{}";
  }
}

interface Template {
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: readonly { readonly name: string; readonly value: unknown }[];
  readonly parameters: ReadonlySet<string>;
}

interface TemplateResource {
  readonly type: string;
  readonly properties: Json;
  readonly updatePolicy: unknown;
}

function readTemplate(text: string): Template {
  if (text.length > longestTemplate) throw new Error("a stack's template is longer than CloudFormation takes");
  const template = parsedTemplate(text);
  if (typeof template !== "object" || template === null) throw new Error("a stack's template is neither JSON nor YAML");
  if (!("Resources" in template)) throw new Error("a stack's template has no resources: it was not read as a whole");
  const { Resources, Outputs, Parameters } = template as Json;
  const outputs = Object.values((Outputs ?? {}) as Json).flatMap((output) => {
    const { Export, Value } = (output ?? {}) as Json;
    const name = filledName((Export as Json | undefined)?.Name);
    return name ? [{ name, value: Value }] : [];
  });
  return { resources: resourcesIn((Resources ?? {}) as Json), outputs, parameters: new Set(Object.keys((Parameters ?? {}) as Json)) };
}

function resourcesIn(resources: Json): Map<string, TemplateResource> {
  return new Map(
    Object.entries(resources).flatMap(([id, resource]) => {
      if (typeof resource !== "object" || resource === null) return [];
      const { Type, Properties, UpdatePolicy } = resource as Json;
      const properties = typeof Properties === "object" && Properties !== null ? (Properties as Json) : {};
      const updatePolicy = (UpdatePolicy as Json | undefined)?.CodeDeployLambdaAliasUpdate;
      return [[id, { type: String(Type ?? ""), properties, updatePolicy }] as const];
    }),
  );
}

function parsedTemplate(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // YAML may begin with a brace, too
    return parsedYaml(text);
  }
}

/** @throws for what YAML cannot make out: half a template would say that nobody is called */
function parsedYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false, customTags: [shortImport] });
  const [error] = document.errors;
  if (error) throw new Error(`a stack's template is no YAML: ${error.code}`);
  return document.toJS({ maxAliasCount: 100 }) as unknown;
}

/** A name with `*` for what is filled in at a deployment, but for the stack's own name: of `Fn::Sub` the text, of `Fn::Join` the parts. */
function filledName(value: unknown): string | undefined {
  if (typeof value === "string") return cleanText(value.replace(/\$\{(?!AWS::StackName\})[^}]*\}/g, "*"), 255);
  if (Array.isArray(value)) return undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const { "Fn::Sub": sub, "Fn::Join": join } = value as Json;
  if (sub !== undefined) return filledName(Array.isArray(sub) ? sub[0] : sub);
  if (!Array.isArray(join) || !Array.isArray(join[1])) return "*";
  return join[1].map((part) => filledName(part) ?? "*").join(String(join[0] ?? ""));
}

/** Names of exports that a value imports. */
function importsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => (name === importing ? [filledName(member) ?? "*"] : importsIn(member)));
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
