/**
 * Emulators write some dates as text where AWS writes seconds, which the SDK refuses together with the whole answer. Where an emulator
 * answers, such dates are left out: nothing of ours reads them.
 */
import { Readable } from "node:stream";
import type { AnyClient } from "./client-options.ts";

/** The member that is left out, by command. */
const dates: Readonly<Record<string, string>> = { ListFunctionEventInvokeConfigsCommand: "LastModified" };

interface Answer {
  readonly response: { readonly statusCode?: number; body?: AsyncIterable<Uint8Array> };
}

/** Puts it next to the wire of `client`. */
export function withoutTextDates(client: AnyClient): void {
  const middleware =
    (next: (args: unknown) => Promise<Answer>, { commandName = "" }: { commandName?: string }) =>
    async (args: unknown): Promise<Answer> => {
      const answer = await next(args);
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
  client.middlewareStack.add(middleware, { step: "deserialize", priority: "low", name: "smallTargetTextDates" });
}
