/** shared/rules/catalogue.ts as text, made from the folder: a rule is one new file, and no list to remember. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const pattern = /^export const (\w+)(?:: CoverageRule)? = /gm;

/** @param root the project's folder. @throws Error naming a file that holds a rule's id but exports nothing, or more than one thing */
export function catalogueSource(root: string): string {
  const folder = join(root, "shared", "rules");
  const rules = globSync("*/*.ts", { cwd: folder })
    .map((file) => file.replaceAll("\\", "/"))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      // files that rules share have no id of their own
      if (!text.includes(`id: "${file.replace(/\.ts$/, "")}"`)) return [];
      const names = [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
      if (names.length !== 1) throw new Error(`shared/rules/${file} exports ${names.length} constants; a rule's file exports the rule`);
      return [{ file, name: names[0] ?? "" }];
    });
  return [
    "/** The rules, as the folder has them. Written by `npm run docs`; a test compares it with the folder. */",
    'import type { Rule } from "../model/rule.ts";',
    ...rules.map(({ file, name }) => `import { ${name} } from "./${file}";`),
    "",
    "export const catalogue: readonly Rule[] = [",
    ...rules.map(({ name }) => `  ${name},`),
    "];",
    "",
  ].join("\n");
}
