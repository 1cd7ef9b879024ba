/**
 * `npm run new -- rule lambda/no-dead-letter-queue`: the frame of a rule with a test that fails until the rule says something, and the
 * catalogue with it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ruleFrame, ruleTestFrame } from "./rule-frame.ts";

const root = join(import.meta.dirname, "..");
const usage =
  "npm run new -- rule SERVICE/NAME [CLOUDFORMATION-TYPE], e.g. npm run new -- rule lambda/no-dead-letter-queue AWS::Lambda::Function";

const [kind, id = "", type = "AWS::Lambda::Function"] = process.argv.slice(2);
if (kind !== "rule" || !/^[a-z0-9]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || !/^\w+::\w+::\w+$/.test(type)) {
  process.stderr.write(`new: ${usage}\n`);
  process.exit(2);
}

write(join("shared", "rules", `${id}.ts`), ruleFrame(id, type));
write(join("test", "rules", `${id}.test.ts`), ruleTestFrame(id, type));
spawnSync(process.execPath, [join(root, "tools", "write-catalogue.ts")], { stdio: "inherit" });
process.stdout.write(
  "Next: let it judge and speak; make its test true; plant a hit in test/planted/; npm run docs. CONTRIBUTING.md says more.\n",
);

function write(path: string, text: string): void {
  const file = join(root, path);
  if (existsSync(file)) {
    process.stderr.write(`new: ${path} is there already; nothing was written\n`);
    process.exit(1);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`${path}\n`);
}
