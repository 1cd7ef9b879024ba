/**
 * Which quiet functions run while a stack is deployed: templates say so, of their own stack and of others, which name a function by its
 * name, by an export or by a parameter. Asked only where functions are quiet; a template that did not change is not asked again.
 */
import { GetTemplateCommand, type Stack } from "@aws-sdk/client-cloudformation";
import { codeOf } from "../../aws/errors.ts";
import { calledByDeployment, type DeploymentCalls } from "../../aws/stack-template.ts";
import { functionArnOf, lambdaNameOf } from "../../model/arn.ts";
import { isComplete, type Part } from "../../model/coverage.ts";
import type { FunctionConfiguration, ResourceTags } from "../../model/snapshot.ts";
import type { CollectContext } from "../contract/collector.ts";
import { readStacks } from "./stack-reads.ts";

export interface DeployTime {
  /** Why it runs during a deployment only. */
  readonly reason?: string;
  /** Its tags, or a template that could name it, could not be read. */
  readonly unread?: true;
}

/** How a template writes the name of its own stack. */
const ownName = `\${AWS::StackName}`;
const callsNobody: DeploymentCalls = { calls: {}, exports: [] };

/** @returns what is known of each of `functions` */
export async function readDeployTime(
  context: CollectContext,
  functions: readonly FunctionConfiguration[],
  tags: Part<ResourceTags>,
  missed: (error: unknown) => void,
): Promise<(configuration: FunctionConfiguration) => DeployTime> {
  if (functions.length === 0) return () => ({});
  const quiet = new Set(functions.map(({ arn }) => arn));
  const places = new Map(tags.items.flatMap(({ arn, tags: own }) => (quiet.has(arn) ? [[arn, placeOf(own)] as const] : [])));
  const listed = await listedStacks(context, missed);
  const asked = toAsk(listed ?? [], [...places.values()]);
  const answers = await context.rotation.read("deployment-calls", asked, (stack) => readCalls(context, stack), missed);
  const templates = new Map([...answers].map(([stack, { value }]) => [stack, value]));
  const reasons = reasonsBy(templates, parametersOf(listed ?? []));
  const someUnread = listed === undefined || asked.some(({ key }) => !templates.has(key));
  return ({ arn, name }) => {
    const { stack, logicalId } = places.get(arn) ?? {};
    const reason = (stack && logicalId ? reasons.get(placeKey(stack, logicalId)) : undefined) ?? reasons.get(`function:${name}`);
    if (reason) return { reason };
    return someUnread || (stack === undefined && !isComplete(tags)) ? { unread: true } : {};
  };
}

/** undefined where they could not be listed. */
async function listedStacks(context: CollectContext, missed: (error: unknown) => void): Promise<readonly Stack[] | undefined> {
  try {
    return (await readStacks(context)).filter(({ StackName, StackStatus }) => StackName && StackStatus !== "DELETE_COMPLETE");
  } catch (error) {
    missed(error);
    return undefined;
  }
}

/** Every stack may name a function of another; one that nobody listed is known from the tags of its functions. */
function toAsk(listed: readonly Stack[], places: readonly { readonly stack?: string }[]) {
  const stacks = new Map(listed.map(({ StackName = "", LastUpdatedTime, CreationTime }) => [StackName, LastUpdatedTime ?? CreationTime]));
  for (const { stack } of places) if (stack && !stacks.has(stack)) stacks.set(stack, undefined);
  return [...stacks].map(([key, changed]) => ({ key, fingerprint: changed?.toISOString() ?? "", settled: changed !== undefined }));
}

async function readCalls({ clients, region }: CollectContext, StackName: string): Promise<DeploymentCalls> {
  try {
    const { TemplateBody } = await clients.cloudformation(region).send(new GetTemplateCommand({ StackName, TemplateStage: "Processed" }));
    return calledByDeployment(TemplateBody ?? "{}");
  } catch (error) {
    // the tag outlives the stack where the function was retained
    if (codeOf(error) === "ValidationError" && /does not exist/.test((error as Error).message)) return callsNobody;
    throw error;
  }
}

/** What a deployment was told, where it is a function: `STACK PARAMETER` -> its name. */
function parametersOf(stacks: readonly Stack[]): Map<string, string> {
  return new Map(
    stacks.flatMap(({ StackName, Parameters = [] }) =>
      Parameters.flatMap(({ ParameterKey, ParameterValue, ResolvedValue }) => {
        const name = lambdaNameOf(functionArnOf(ResolvedValue ?? ParameterValue ?? "") ?? "").name;
        return name ? [[`${StackName} ${ParameterKey}`, name] as const] : [];
      }),
    ),
  );
}

/** Reasons by place in a stack, or as `function:NAME`. */
function reasonsBy(templates: ReadonlyMap<string, DeploymentCalls>, parameters: ReadonlyMap<string, string>): Map<string, string> {
  const reasons = new Map<string, string>();
  const note = (stack: string, target: string, reason: string) => {
    const key = target.startsWith("function:") ? target : placeKey(stack, target);
    if (!reasons.has(key)) reasons.set(key, reason);
  };
  const exports = [...templates].flatMap(([stack, one]) =>
    one.exports.map(({ name, targets }) => ({ stack, name: name.replaceAll(ownName, stack), targets })),
  );
  for (const [stack, { calls }] of templates) {
    for (const [target, word] of Object.entries(calls)) {
      const reason = `${word} of stack ${stack}`;
      const [kind, name = ""] = target.split(/:(.*)/s);
      if (kind === "import") {
        for (const one of exports)
          if (mayBe(one.name, name.replaceAll(ownName, stack))) for (const exported of one.targets) note(one.stack, exported, reason);
      } else if (kind === "parameter") {
        const told = parameters.get(`${stack} ${name}`);
        if (told) note(stack, `function:${told}`, reason);
      } else note(stack, target, reason);
    }
  }
  return reasons;
}

/** Whether two names with `*` for what a deployment fills in may be the same: of the two, the text around the first `*` counts. */
function mayBe(exported: string, imported: string): boolean {
  const [a, b] = [exported, imported].map((name) => ({ start: name.split("*")[0] ?? "", end: name.split("*").at(-1) ?? "" }));
  if (!exported.includes("*") && !imported.includes("*")) return exported === imported;
  const starts = a && b && (a.start.startsWith(b.start) || b.start.startsWith(a.start));
  const ends = a && b && (a.end.endsWith(b.end) || b.end.endsWith(a.end));
  return Boolean(starts && ends);
}

function placeKey(stack: string, logicalId: string): string {
  return `stack ${stack} ${logicalId}`;
}

function placeOf(tags: Readonly<Record<string, string>>): { readonly stack?: string; readonly logicalId?: string } {
  // by name: of a stack that was deleted AWS would still give the template by its id
  const stack = tags["aws:cloudformation:stack-name"];
  const logicalId = tags["aws:cloudformation:logical-id"];
  return { ...(stack ? { stack } : {}), ...(logicalId ? { logicalId } : {}) };
}
