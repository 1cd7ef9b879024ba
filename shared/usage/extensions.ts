/** Whether a function may have an extension that goes on after its handler. Pure. */

import { libraryLayers } from "../data/extension-layers.ts";
import { lambdaNameOf } from "../model/arn.ts";
import type { FunctionConfiguration } from "../model/snapshot.ts";

/** True unless it certainly has none: no layer, or none but those that are known to hold libraries only. Images may hold anything. */
export function mayRunExtensions({ packageType, layers }: FunctionConfiguration): boolean {
  const names = layers.map((arn) => lambdaNameOf(arn).name ?? "");
  return packageType === "Image" || names.some((name) => !libraryLayers.some((library) => library.test(name)));
}
