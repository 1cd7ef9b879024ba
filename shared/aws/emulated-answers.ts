/**
 * Where an emulator answers instead of AWS. Emulators write some dates as text where AWS writes seconds, which the SDK refuses together
 * with the whole answer: such dates are left out, nothing of ours reads them. And some answer an operation that they do not know with a
 * page of HTML, which the SDK takes for a fault that passes, and asks for ten times.
 */
import { Readable } from "node:stream";
import type { AnyClient } from "./client-options.ts";

/** The member that is left out, by command. */
const dates: Readonly<Record<string, string>> = { ListFunctionEventInvokeConfigsCommand: "LastModified" };

/** Operations that emulators do not know. */
const unknown = new Set(["GenerateServiceLastAccessedDetailsCommand"]);

interface Answer {
  readonly response: {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
    body?: AsyncIterable<Uint8Array>;
  };
}

function isPage({ response: { statusCode = 0, headers = {} } }: Answer): boolean {
  return statusCode >= 500 && (headers["content-type"] ?? "").startsWith("text/html");
}

/** Without the status that the SDK would try again for. */
function unsupported(command: string): Error {
  const error = new Error(`the emulator at AWS_ENDPOINT_URL does not know ${command.replace(/Command$/, "")}`);
  return Object.assign(error, { name: "UnsupportedOperation" });
}

/** Puts it next to the wire of `client`. */
export function asAwsAnswers(client: AnyClient): void {
  const middleware =
    (next: (args: unknown) => Promise<Answer>, { commandName = "" }: { commandName?: string }) =>
    async (args: unknown): Promise<Answer> => {
      const answer = await next(args);
      if (unknown.has(commandName) && isPage(answer)) throw unsupported(commandName);
      const date = dates[commandName];
      // an error has no dates, and may be no JSON
      if (!date || !answer.response.body || answer.response.statusCode !== 200) return answer;
      const parts: Uint8Array[] = [];
      for await (const part of answer.response.body) parts.push(part);
      const text = Buffer.concat(parts).toString("utf8");
      const dropped = (name: string, value: unknown) => (name === date && typeof value === "string" ? undefined : value);
      answer.response.body = Readable.from([Buffer.from(JSON.stringify(JSON.parse(text, dropped)))]);
      return answer;
    };
  client.middlewareStack.add(middleware, { step: "deserialize", priority: "low", name: "smallTargetEmulated" });
}
