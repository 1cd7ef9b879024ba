/**
 * Emulators write some dates as text where AWS writes seconds, which the SDK refuses together with the whole answer. Where an emulator
 * answers, such dates are left out: nothing of ours reads them.
 */
import { Readable } from "node:stream";
import type { AnyClient } from "./client-middleware.ts";

/** The member that is left out, by command. */
const dates: Readonly<Record<string, string>> = { ListFunctionEventInvokeConfigsCommand: "LastModified" };

interface Answer {
  readonly response: { body?: AsyncIterable<Uint8Array> };
}

/** Puts it next to the wire of `client`. */
export function withoutTextDates(client: AnyClient): void {
  const middleware =
    (next: (args: unknown) => Promise<Answer>, { commandName = "" }: { commandName?: string }) =>
    async (args: unknown): Promise<Answer> => {
      const answer = await next(args);
      const date = dates[commandName];
      if (!date || !answer.response.body) return answer;
      const parts: Uint8Array[] = [];
      for await (const part of answer.response.body) parts.push(part);
      const text = Buffer.concat(parts).toString("utf8");
      const asText = new RegExp(`"${date}"\\s*:\\s*"[^"]*"\\s*,?\\s*`, "g");
      answer.response.body = Readable.from([Buffer.from(text.replace(asText, "").replace(/,\s*}/g, "}"))]);
      return answer;
    };
  client.middlewareStack.add(middleware, { step: "deserialize", priority: "low", name: "smallTargetTextDates" });
}
