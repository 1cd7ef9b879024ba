/** How models of Bedrock are called. Source: "Supported foundation models" and "inference profiles" of Amazon Bedrock's user guide. */

/** Day on which the lists were last gone through. */
export const bedrockModelsAsOf = "2026-11-28";

const makers =
  "ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|stability|twelvelabs|writer|zai";
/** Profiles over several Regions are called after where these are. */
const places = "us|eu|apac|ap|jp|au|ca|global|us-gov";

/** `us.anthropic.claude-3-5-haiku-20241022-v1:0`; a dash tells it from a host of that maker. Groups: the place, the model. */
export const modelId = new RegExp(`^(?:(${places})\\.)?((?:${makers})\\.(?=[\\w.]*-)[a-z0-9][a-z0-9.-]*(?::\\d+)?(?::\\w+)?)$`);

/** Likewise, of whatever maker, also at the end of a profile's ARN. Groups: the place, the model. */
export const profileId = new RegExp(`^(?:arn:.*:inference-profile/)?(${places})\\.(.+)$`);
