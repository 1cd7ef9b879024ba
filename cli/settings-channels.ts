/** The channels of the settings as routing knows them, without opening them. */
import type { Channel } from "../shared/notify/channel.ts";
import { routesTo } from "../shared/notify/routing.ts";
import type { Settings } from "../shared/settings.ts";

/** Kinds that are told of decisions as well. */
const mirroring: ReadonlySet<string> = new Set(["eventbridge", "jira", "securityhub"]);

/** In the order of the settings. */
export function routedChannels({
  channels = {},
  routes,
}: Pick<Settings, "channels" | "routes">): (Pick<Channel, "name" | "routes"> & { readonly kind: string; readonly mirrors: boolean })[] {
  return Object.entries(channels).map(([name, { kind }]) => {
    const ways = routesTo(name, routes);
    return { name, kind, mirrors: mirroring.has(kind), ...(ways ? { routes: ways } : {}) };
  });
}
