/** Which quiet functions run while their stack is deployed: its template says so. Asked once a stack, only for stacks with a quiet function. */
import { GetTemplateCommand } from "@aws-sdk/client-cloudformation";
import { codeOf } from "../aws/errors.ts";
import { calledByDeployment } from "../aws/stack-template.ts";
import { isComplete, type Part } from "../model/coverage.ts";
import type { FunctionConfiguration, ResourceTags } from "../model/snapshot.ts";
import type { CollectContext } from "./collector.ts";

export interface DeployTime {
  /** Why it runs during a deployment only. */
  readonly reason?: string;
  /** Its tags, or the template of the stack that it is in, could not be read. */
  readonly unread?: true;
}

/** @returns what is known of each of `functions` */
export async function readDeployTime(
  { clients, region, rotation }: CollectContext,
  functions: readonly FunctionConfiguration[],
  tags: Part<ResourceTags>,
  missed: (error: unknown) => void,
): Promise<(configuration: FunctionConfiguration) => DeployTime> {
  const quiet = new Set(functions.map(({ arn }) => arn));
  const places = new Map(tags.items.flatMap(({ arn, tags: own }) => (quiet.has(arn) ? [[arn, placeOf(own)] as const] : [])));
  const stacks = new Set([...places.values()].flatMap(({ stack }) => stack ?? []));
  const read = async (StackName: string): Promise<Readonly<Record<string, string>>> => {
    try {
      const { TemplateBody } = await clients.cloudformation(region).send(new GetTemplateCommand({ StackName, TemplateStage: "Processed" }));
      return calledByDeployment(TemplateBody ?? "{}");
    } catch (error) {
      // the tag outlives the stack where the function was retained
      if (codeOf(error) === "ValidationError" && /does not exist/.test((error as Error).message)) return {};
      throw error;
    }
  };
  const asked = [...stacks].map((key) => ({ key, fingerprint: "" }));
  const templates = await rotation.read<Readonly<Record<string, string>>>("stack-templates", asked, read, missed);
  const byName = new Map(
    [...templates].flatMap(([stack, { value }]) =>
      Object.entries(value).flatMap(([target, reason]) =>
        target.startsWith("function:") ? [[target.slice("function:".length), `${reason} of stack ${stack}`] as const] : [],
      ),
    ),
  );
  return ({ arn, name }) => {
    const { stack, logicalId } = places.get(arn) ?? {};
    const template = stack === undefined ? undefined : templates.get(stack);
    const tagsUnread = stack === undefined && !isComplete(tags);
    if (tagsUnread || (stack !== undefined && !template)) return { unread: true };
    const reason = template && logicalId && Object.hasOwn(template.value, logicalId) ? template.value[logicalId] : undefined;
    const why = stack && reason ? `${reason} of stack ${stack}` : byName.get(name);
    return why ? { reason: why } : {};
  };
}

function placeOf(tags: Readonly<Record<string, string>>): { readonly stack?: string; readonly logicalId?: string } {
  // by name: of a stack that was deleted AWS would still give the template by its id
  const stack = tags["aws:cloudformation:stack-name"];
  const logicalId = tags["aws:cloudformation:logical-id"];
  return { ...(stack ? { stack } : {}), ...(logicalId ? { logicalId } : {}) };
}
