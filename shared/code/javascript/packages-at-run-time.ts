/** Packages of the SDK that code loads by a name that is put together when it runs: what it asks with them cannot be told. */
import type { UnresolvedCall } from "../../model/code.ts";
import { packageAt } from "./package-places.ts";
import { type Module, placeOf } from "./scopes.ts";

/** The beginning of such a name, to which something is added: `@aws-sdk/client-${service}`, "aws-sdk/clients/" + service. */
const unfinishedName = /["'`](@aws-sdk\/((client|lib)-)?|aws-sdk\/clients\/)(["'`]|\$\{)/;

/**
 * Where modules load what nobody wrote out, and the beginning of a name of the SDK's packages stands in the same module, or in another one
 * of the same package. The name may have gone through anything between the two; each would be without calls, as if it asked for nothing.
 */
export function packagesAtRunTime(modules: readonly Module[]): readonly UnresolvedCall[] {
  const beginning = new Set(modules.filter(({ text }) => unfinishedName.test(text)).map(placeKey));
  if (beginning.size === 0) return [];
  return modules.flatMap((module) => {
    const { dynamic } = module;
    if (!dynamic || !beginning.has(placeKey(module))) return [];
    return [{ what: "a package of the SDK named at run time", at: placeOf(dynamic.node, module) }];
  });
}

/** The package that a module is in; empty: the program's own code. */
function placeKey({ path }: Module): string {
  return packageAt(path)?.name ?? "";
}
