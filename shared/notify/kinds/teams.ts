/** Microsoft Teams by the address of a workflow, which posts an adaptive card. The connectors of Office 365 are gone. */
import type { OptionsOf } from "../../channel-settings/kinds.ts";
import { defaultLimits } from "../channel.ts";
import type { ChannelKind } from "../channel-kind.ts";
import { addressOf } from "./address-of.ts";
import { isAccepted, refusal } from "./refusal.ts";
import { teamsMessage } from "./teams-card.ts";

export const kind: ChannelKind<OptionsOf<"teams">> = {
  kind: "teams",
  open: (name, { webhook }, means) => ({
    name,
    limits: defaultLimits,
    async send(message) {
      const url = await addressOf(webhook, means);
      const body = JSON.stringify(teamsMessage(message));
      const answer = await means.request({ method: "POST", url, headers: { "content-type": "application/json" }, body });
      if (!isAccepted(answer)) throw refusal(name, answer, webhook);
      return { accepted: message.findingIds };
    },
  }),
};
