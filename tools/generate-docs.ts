/** `npm run docs`: writes the generated pages of docs/, and what the collectors say of themselves. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { collectorsSource, documents } from "./documents.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "docs");
for (const [name, text] of Object.entries(documents())) {
  writeFileSync(join(folder, name), text);
  process.stdout.write(`docs/${name}\n`);
}
writeFileSync(join(folder, "..", "shared", "collect", "collectors.json"), collectorsSource());
process.stdout.write("shared/collect/collectors.json\n");
