/** What reading code takes of AWS. These are no collectors like the others: they read after all of them, in steps of their own (scan/read-code.ts). */
import type { CollectorMeta } from "../contract/collector.ts";

export const codeCollector: CollectorMeta = {
  name: "code",
  readerVersion: 1,
  actions: ["lambda:GetFunction", "lambda:GetLayerVersion"],
  reads:
    "what the code of functions and layers asks of AWS: source files of each zip, once for each CodeSha256 and layer version, by the links that these operations give; what was learned is kept, the code is not. Can be switched off",
};

/** What reading container images takes beyond that: their manifests, and links to their layers. */
export const imageActions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] as const;

/** In the same pass. */
export const librariesCollector: CollectorMeta = {
  name: "libraries",
  readerVersion: 1,
  actions: [...codeCollector.actions, ...imageActions],
  reads:
    "which packages are in the code of functions, of versions behind their aliases and of layers: names of files and some of them, behind the same links and with the code at once; and in the container images of functions from this account's registries: every layer passes by once and is not kept. Images can be switched off",
};
