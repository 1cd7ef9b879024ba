/** What reading code takes of AWS. It is no collector like the others: it reads after all of them, in steps of its own (scan/read-code.ts). */
import type { CollectorMeta } from "./collector.ts";

export const codeCollector: CollectorMeta = {
  name: "code",
  readerVersion: 1,
  actions: ["lambda:GetFunction", "lambda:GetLayerVersion"],
  reads:
    "what the code of functions and layers asks of AWS, and which packages are in it: some files of each zip, once for each CodeSha256 and layer version, by the links that these operations give; what was learned is kept, the code is not. Can be switched off",
};
