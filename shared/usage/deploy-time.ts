/** Which functions run only while a stack is deployed, as far as their own configuration tells. Pure. */
import { deployTimePatterns } from "../data/deploy-time-functions.ts";
import { functionArnOf } from "../model/arn.ts";
import type { FunctionConfiguration } from "../model/snapshot.ts";

/** Says why a function runs during deployments only; undefined where nothing says so. */
export type DeployTimeReason = (configuration: FunctionConfiguration) => string | undefined;

/**
 * Helpers are known by their looks; the handlers behind a helper are those that its environment names.
 * @param logicalIdOf the function's logical id in its stack, by ARN
 */
export function deployTimeReasons(
  functions: readonly FunctionConfiguration[],
  logicalIdOf: (arn: string) => string | undefined,
): DeployTimeReason {
  const helpers = new Set(functions.filter((f) => looksLikeHelper(f, logicalIdOf(f.arn))).map(({ arn }) => arn));
  const behind = new Map<string, string>();
  for (const helper of functions) {
    if (!helpers.has(helper.arn) || !/^framework\./.test(helper.handler ?? "")) continue;
    for (const { value } of helper.environmentReferences) {
      const handler = functionArnOf(value);
      if (handler && !helpers.has(handler)) behind.set(handler, helper.name);
    }
  }
  return ({ arn }) => {
    if (helpers.has(arn)) return "runs only while a stack is deployed";
    const helper = behind.get(arn);
    return helper ? `runs only while a stack is deployed, called by ${helper}` : undefined;
  };
}

/** Whether a function's code is a deployment tool's, the same in every account: what it is asked for stands in the stack's template. */
export function isHelperOfTool(configuration: FunctionConfiguration, logicalId: string | undefined): boolean {
  return patternsOf(configuration, logicalId).some(({ own }) => !own);
}

function looksLikeHelper(configuration: FunctionConfiguration, logicalId: string | undefined): boolean {
  return patternsOf(configuration, logicalId).length > 0;
}

function patternsOf({ description = "", handler = "", name }: FunctionConfiguration, logicalId: string | undefined) {
  const text = { description, handler, name: `${name} ${logicalId ?? ""}` };
  return deployTimePatterns.filter(({ of, pattern }) => pattern.test(text[of]));
}
