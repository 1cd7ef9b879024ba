/** An SNS topic: e-mail, and whatever else is subscribed. */
import * as v from "valibot";

const topicWords = '"stack" (the topic of the stack) or the ARN of a standard topic';

export const entries = {
  topic: v.pipe(
    v.string(`must be ${topicWords}`),
    v.regex(/^(stack|arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256})$/, `must be ${topicWords}`),
    v.description(topicWords),
  ),
};
