/** Forms in which programs ask AWS, whatever stands for the client in them. */
import { bare, type Node, writtenKey } from "./nodes.ts";
import type { Call } from "./program.ts";

const twoWords = /^[a-z]+[A-Z]/;

/** `putItem`, `adminDisableUser`: a method of a client is called so. */
export function isOperationLike(method: string | undefined): boolean {
  return method !== undefined && twoWords.test(method);
}

/** `client.send(new ...)` */
export function isSent(parent: Node): boolean {
  if (parent.type !== "CallExpression") return false;
  const callee = bare(parent.callee);
  return callee.type === "MemberExpression" && writtenKey(callee.property, callee.computed) === "send";
}

/** `wait({ client, minDelay: 1 }, ...)` */
export function isWaiting({ arguments: [delays] }: Call["node"]): boolean {
  if (delays?.type !== "ObjectExpression") return false;
  return delays.properties.some((one) => one.type === "Property" && writtenKey(one.key, one.computed) === "minDelay");
}
