import { busPolicy, withoutStatements } from "../policy-commands.ts";
import { publicPolicyRule } from "../public-policy.ts";

/** A bus that every AWS account may put events on, or change. Such calls are signed, so it is not anybody on the internet: MEDIUM. */
export const publicBusPolicy = publicPolicyRule({
  id: "events/public-policy",
  type: "AWS::Events::EventBus",
  service: "event-buses",
  word: "event bus",
  everybody: "every AWS account",
  ways: { publicPut: "put events on", publicChange: "change rules or settings of", publicInspect: "look at rules of" },
  severity: "MEDIUM",
  why: "The rules of the bus start functions on events that any AWS account made up; whoever writes them chooses their source and detail.",
  references: ["https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html"],
  commands: (resource, statements) => withoutStatements(busPolicy, resource, statements),
});
