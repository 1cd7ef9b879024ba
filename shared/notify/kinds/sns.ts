/** An SNS topic by its ARN: e-mail, chat, queues, as the subscriptions' filters choose. */
import type { OptionsOf } from "../../channel-settings/kinds.ts";
import type { ChannelKind } from "../channel-kind.ts";
import { snsChannel } from "../sns.ts";

/** The topic of the stack has its ARN by now. */
export const kind: ChannelKind<OptionsOf<"sns">> = {
  kind: "sns",
  open: (name, { topic }, { clients }) => snsChannel(clients.sns, topic, name),
};
