/** What a call by a handle is about, told by the call of the same code that answers such handles. Pure. */
import { handleOf } from "../data/handles.ts";
import { servicePrefixOf } from "../data/sdk-services.ts";
import type { SdkCall } from "../model/code.ts";

/** The calls, those by a handle with what the handle stands for; where nothing of the code answers one, they stay as they are. */
export function withHandles(calls: readonly SdkCall[]): readonly SdkCall[] {
  return calls.map((call) => {
    const prefix = servicePrefixOf(call.client);
    const handle = prefix === undefined ? undefined : handleOf(prefix, call.operation.toLowerCase());
    if (!handle) return call;
    const givers = calls.filter((one) => servicePrefixOf(one.client) === prefix && handle.from.has(one.operation.toLowerCase()));
    const told = givers.map(({ parameters }) => parameters.filter(({ name }) => handle.members.has(name.toLowerCase())));
    // one of which nothing is told may have answered the handle
    return told.some((some) => some.length === 0) ? call : { ...call, parameters: [...call.parameters, ...told.flat()] };
  });
}
