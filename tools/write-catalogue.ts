/** Writes shared/rules/catalogue.ts. A step of its own: everything else that is generated is made with the rules in it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueSource } from "./catalogue-source.ts";

const root = join(import.meta.dirname, "..");
writeFileSync(join(root, "shared", "rules", "catalogue.ts"), catalogueSource(root));
process.stdout.write("shared/rules/catalogue.ts\n");
