/** Calls on objects of which it could not be told what they are: some are known by the name of their method and the form of their arguments. */

import { operationsOf, servicesWith } from "../../data/boto3.ts";
import { membersGiven } from "./arguments.ts";
import { pascal } from "./clients.ts";
import type { Interpreter } from "./interpreter.ts";
import { requestsOf } from "./request.ts";
import type { SyntaxNode } from "./syntax.ts";
import type { Arguments } from "./values.ts";

/** Names that people give to clients and resources. */
const clientLike =
  /(client|boto|aws|dynamo|ddb|table|s3|sqs|sns|ssm|kms|sts|lambda|secrets?|events?_?bridge|stepfunctions?|sfn|queue|bucket|athena|glue|ses)\w*$/i;
/** Members of requests are written like this, and hardly anybody else's arguments are. */
const member = /^[A-Z][A-Za-z0-9]+$/;

/** @param seen services of which the program makes clients or resources */
export function callByName(
  receiver: string,
  method: string,
  given: Arguments,
  at: SyntaxNode,
  seen: ReadonlySet<string>,
  interpreter: Interpreter,
): void {
  const services = servicesWith(method.replaceAll("_", ""));
  if (services.length === 0) return;
  const members = [...given.named.keys()];
  const formed = members.length > 0 && members.every((name) => member.test(name));
  const bare = members.length === 0 && given.positional.length === 0 && method.includes("_") && clientLike.test(receiver);
  if (!formed && !bare) return;
  const used = services.filter((service) => seen.has(service));
  const [service, ...others] = used.length > 0 ? used : services;
  if (service === undefined) return;
  const operation = operationsOf(service)?.get(method.replaceAll("_", "")) ?? pascal(method);
  if (others.length > 0) {
    interpreter.recorder.unresolved(`${operation} of a client that could not be told`, at.at);
    return;
  }
  for (const parameters of requestsOf(membersGiven(given))) {
    interpreter.recorder.call({ service, otherRole: false }, operation, parameters, at.at, "medium");
  }
}
