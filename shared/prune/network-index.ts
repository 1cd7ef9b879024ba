/** What is asked of a network for function after function: found once for all of them. Pure. */
import type { Network } from "../graph/network.ts";
import { functionArnOf } from "../model/arn.ts";

interface NetworkIndex {
  /** Ids of a function: itself, its versions and aliases. */
  idsOf(functionArn: string): readonly string[];
  /** Ids of the alarms that watch a function, where the scan lists alarms with what they watch. */
  alarmsOn(region: string, functionName: string): readonly string[];
}

const indexes = new WeakMap<Network, NetworkIndex>();

/** Made when it is first asked for. */
export function indexOf(network: Network): NetworkIndex {
  const known = indexes.get(network);
  if (known) return known;
  const ids = Map.groupBy(network.nodes.keys(), (id) => functionArnOf(id) ?? "");
  const alarms = Map.groupBy(
    [...network.nodes.values()].filter(({ type }) => type === "AWS::CloudWatch::Alarm"),
    ({ region, resource }) => `${region} ${resource?.details?.functionName}`,
  );
  const made: NetworkIndex = {
    idsOf: (arn) => ids.get(arn) ?? [],
    alarmsOn: (region, name) => (alarms.get(`${region} ${name}`) ?? []).map(({ id }) => id),
  };
  indexes.set(network, made);
  return made;
}
