/** A resource by ARN or name, as the last scan knows it. */
import { findNodes, type Network, type NetworkNode } from "../shared/graph/network.ts";
import { cleanText } from "../shared/model/plain-text.ts";
import { didYouMean } from "./nearest.ts";
import { UsageError } from "./usage-error.ts";

const mostNamed = 8;

/**
 * The one resource that `text` names.
 * @param only a CloudFormation type that it has to have
 * @throws UsageError that names the candidates, or the nearest name
 */
export function findResource(network: Network, text: string, only?: string): NetworkNode {
  const isMeant = ({ type }: NetworkNode) => (only === undefined ? type !== "outside" && type !== "service" : type === only);
  const found = findNodes(network, text).filter(isMeant);
  const [first, ...others] = found;
  if (first && others.length === 0) return first;
  const what = only === "AWS::Lambda::Function" ? "function" : "resource";
  if (first) {
    const shown = found.slice(0, mostNamed).map(({ id }) => cleanText(id, 300));
    const more = found.length > shown.length ? ` and ${found.length - shown.length} more` : "";
    throw new UsageError(`${found.length} ${what}s are called ${cleanText(text)}; give the ARN of one: ${shown.join(", ")}${more}`);
  }
  const names = [...new Set([...network.nodes.values()].filter(isMeant).map(({ name }) => name))];
  throw new UsageError(`the last scan knows no ${what} ${cleanText(text)}${didYouMean(text, names)}`);
}
