/** Models of Bedrock in variables of the environment. Their ids are public and the same for everybody, so they may leave the collector. */
import { modelId } from "../../data/bedrock-models.ts";
import { parseArn } from "../../model/arn.ts";

const speaksOfModels = /MODEL|BEDROCK|LLM|EMBED|INFERENCE|PROFILE|CLAUDE|NOVA|TITAN|LLAMA/i;
const longest = 100;

/** ARN of the model, or of the profile, that a variable names; undefined for whatever else it holds. */
export function modelArn(variable: string, value: string, functionArn: string): string | undefined {
  const [found, profile] = (value.length <= longest && speaksOfModels.test(variable) && modelId.exec(value)) || [];
  const { partition, region, account } = parseArn(functionArn) ?? {};
  if (found === undefined || partition === undefined) return undefined;
  return profile === undefined
    ? `arn:${partition}:bedrock:${region}::foundation-model/${value}`
    : `arn:${partition}:bedrock:${region}:${account}:inference-profile/${value}`;
}
