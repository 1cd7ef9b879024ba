/** Tags as most services list them, cleaned: names and values are written by whoever may tag. */
import { cleanText } from "../../model/plain-text.ts";

export function tagsOf(pairs: readonly { readonly Key?: string; readonly Value?: string }[] | undefined): Record<string, string> {
  return Object.fromEntries((pairs ?? []).flatMap(({ Key, Value }) => (Key ? [[cleanText(Key, 128), cleanText(Value ?? "", 256)]] : [])));
}
