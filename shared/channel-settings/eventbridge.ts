/** An EventBridge bus of this account and Region, or of another by its ARN. */
import * as v from "valibot";

const busWords = "the name or the ARN of an event bus";

export const entries = {
  bus: v.pipe(
    v.string(`must be ${busWords}`),
    v.regex(/^(arn:[\w-]+:events:[a-z0-9-]+:\d{12}:event-bus\/)?[\w./-]{1,256}$/, `must be ${busWords}`),
    v.description(busWords),
  ),
};
