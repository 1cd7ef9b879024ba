/** Every kind of channel that the settings may name, and what may be set of one. No SDK is loaded here. */
import type * as v from "valibot";
import { entries as eventbridge } from "./eventbridge.ts";
import { entries as jira, mistakeIn as mistakeInJira } from "./jira.ts";
import { isSecretName } from "./schemas.ts";
import { entries as securityhub } from "./securityhub.ts";
import { mistakeIn, entries as slack } from "./slack.ts";
import { entries as sns } from "./sns.ts";
import { entries as teams } from "./teams.ts";
import { entries as webhook } from "./webhook.ts";

/** By kind, the schemas of its options. */
export const channelKinds = {
  eventbridge,
  slack,
  sns,
  teams,
  webhook,
  jira,
  securityhub,
} as const satisfies Record<string, v.ObjectEntries>;

export type KindName = keyof typeof channelKinds;

export const kindNames = Object.keys(channelKinds) as readonly KindName[];

/** What the settings say of a channel of one kind, checked. */
export type OptionsOf<Kind extends KindName> = (typeof channelKinds)[Kind] extends infer Entries extends v.ObjectEntries
  ? Readonly<v.InferOutput<v.StrictObjectSchema<Entries, undefined>>>
  : never;

/** What the settings say of one channel, checked. */
export type ChannelSettings = { readonly [Kind in KindName]: { readonly kind: Kind } & OptionsOf<Kind> }[KindName];

/** What is wrong with the options of a kind taken together, though each is right; undefined: nothing. */
export function mistakeTogether(channel: ChannelSettings): string | undefined {
  if (channel.kind === "jira") return mistakeInJira(channel);
  return channel.kind === "slack" ? mistakeIn(channel) : undefined;
}

/** The secrets that channels name, each once, in order: what a deployed role may read. */
export function secretNames(channels: Readonly<Record<string, ChannelSettings>> = {}): string[] {
  const options = Object.values(channels).flatMap((channel) => Object.values(channel));
  return [...new Set(options.filter((value) => typeof value === "string" && isSecretName(value)))].map(String).toSorted();
}
