import { deputyPolicyRule } from "../deputy-policy.ts";
import { queuePolicy } from "../policy-commands.ts";

/** A queue that a service may use for anybody's resources. */
export const deputyQueue = deputyPolicyRule({
  id: "sqs/confused-deputy",
  type: "AWS::SQS::Queue",
  service: "sqs",
  word: "queue",
  why: "Somebody else's topic, bucket or rule that names this queue as its target would be let through as well: whatever works on the queue works on messages of strangers.",
  commands: (resource) => [queuePolicy.show(resource), queuePolicy.edit(resource)],
});
