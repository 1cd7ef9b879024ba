import { deputyPolicyRule } from "../deputy-policy.ts";
import { topicPolicy } from "../policy-commands.ts";

/** A topic that a service may use for anybody's resources. */
export const deputyTopic = deputyPolicyRule({
  id: "sns/confused-deputy",
  type: "AWS::SNS::Topic",
  service: "sns",
  word: "topic",
  why: "Somebody else's bucket, alarm or rule that names this topic would be let through as well: whatever is subscribed acts on messages of strangers.",
  commands: (resource) => [topicPolicy.show(resource), topicPolicy.edit(resource)],
});
