/** `npm run new`: the frame of a rule, a collector or a channel, with its test and in every list that has to know of it. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { closest } from "fastest-levenshtein";
import { resourceTypes } from "../shared/data/resource-types.ts";
import { channelEntries, channelFrame, channelSettingsFrame, channelTestFrame } from "./channel-frame.ts";
import { collectorEntries, collectorFrame, collectorTestFrame, describerFrame } from "./collector-frame.ts";
import { folderOf } from "./frame-name.ts";
import { type ListEntry, withEntry } from "./list-entry.ts";
import { ruleFrame, ruleTestFrame } from "./rule-frame.ts";

const root = join(import.meta.dirname, "..");
const usage = `npm run new -- rule SERVICE/NAME [CLOUDFORMATION-TYPE]     e.g. rule lambda/no-dead-letter-queue AWS::Lambda::Function
  npm run new -- collector NAME CLOUDFORMATION-TYPE         e.g. collector message-brokers AWS::AmazonMQ::Broker
  npm run new -- channel NAME                               e.g. channel team-chat`;

const [kind, name = "", type, more] = process.argv.slice(2);
const words = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const isType = (text: string) => /^\w+::\w+::\w+$/.test(text);

if (more !== undefined) refuse(`${JSON.stringify(more)} is one word too many`);
else if (kind === "rule") newRule(type);
else if (kind === "collector") newCollector(type);
else if (kind === "channel") newChannel();
else refuse(kind === undefined ? "say what to make" : `${JSON.stringify(kind)} is nothing that it makes`);

function refuse(why: string): never {
  process.stderr.write(`new: ${why}\n  ${usage}\n`);
  process.exit(2);
}

function newRule(of = "AWS::Lambda::Function"): void {
  const [service = "", rest = ""] = name.split("/");
  if (!/^[a-z0-9]+$/.test(service) || !words.test(rest) || name.split("/").length !== 2)
    refuse(`the id of a rule is SERVICE/NAME in lower case, which ${JSON.stringify(name)} is not`);
  if (resourceTypes[of] === undefined)
    refuse(`no collector reads ${of}; did you mean ${closest(of, Object.keys(resourceTypes))}? A new type needs a collector first`);
  write({
    [`shared/rules/${name}.ts`]: ruleFrame(name, of, goneOf(of)),
    [`test/rules/${name}.test.ts`]: ruleTestFrame(name, of),
  });
  spawnSync(process.execPath, [join(root, "tools", "write-catalogue.ts")], { stdio: "inherit" });
  next("let it judge and speak; make its test true; plant a hit in test/planted/; npm run docs.");
}

function newCollector(of = ""): void {
  if (!words.test(name)) refuse(`the name of a collector is words in lower case with - between them, which ${JSON.stringify(name)} is not`);
  if (!isType(of)) refuse(`the CloudFormation type that it lists is missing, or ${JSON.stringify(of)} is none`);
  const folder = folderOf(of);
  write({
    [`shared/collect/${folder}/${name}.ts`]: collectorFrame(name, of),
    [`shared/describe/services/${name}.ts`]: describerFrame(name, of),
    [`test/collect/${folder}/${name}.test.ts`]: collectorTestFrame(name, of),
  });
  enter(collectorEntries(name, of));
  next(
    "keep what is needed of the answers and say what it means; the words for people in shared/wording/collector-names.ts; a word about recording " +
      "for each operation in shared/aws/whole-answers.ts or redact.ts; npm run docs; npm run sample.",
  );
}

function newChannel(): void {
  if (!words.test(name)) refuse(`the name of a channel is words in lower case with - between them, which ${JSON.stringify(name)} is not`);
  if (type !== undefined) refuse(`${JSON.stringify(type)} is one word too many`);
  write({
    [`shared/channel-settings/${name}.ts`]: channelSettingsFrame(),
    [`shared/notify/kinds/${name}.ts`]: channelFrame(name),
    [`test/notify/kinds/${name}.test.ts`]: channelTestFrame(name),
  });
  enter(channelEntries(name));
  next(
    "the form that its receiver asks for; its words in tools/channels-document.ts; where it asks AWS, what its role may do in " +
      "infra/channel-permissions.ts; npm run docs.",
  );
}

/** What the first other rule about the type says of it; read as text, for the rules may not run as they are just now. */
function goneOf(of: string): string | undefined {
  const files = globSync("shared/rules/*/*.ts", { cwd: root }).toSorted();
  const about = files.map((file) => readFileSync(join(root, file), "utf8")).find((text) => text.includes(`types: ["${of}"],`));
  return about && /^ {2}gone: (\[.*\]),$/m.exec(about)?.[1];
}

/** Puts the lines into their lists: a type that something else makes too has its row. */
function enter(entries: readonly ListEntry[]): void {
  for (const entry of entries) {
    const file = join(root, entry.path);
    const source = readFileSync(file, "utf8");
    if (entry.unless !== undefined && source.includes(entry.unless)) continue;
    writeFileSync(file, withEntry(source, entry));
    process.stdout.write(`${entry.path}\n`);
  }
}

/** Writes all of them, or none where one is there. */
function write(files: Readonly<Record<string, string>>): void {
  const there = Object.keys(files).find((path) => existsSync(join(root, path)));
  if (there !== undefined) {
    process.stderr.write(`new: ${there} is there already; nothing was written\n`);
    process.exit(1);
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    process.stdout.write(`${path}\n`);
  }
}

function next(text: string): void {
  process.stdout.write(`Next: ${text} CONTRIBUTING.md says more.\n`);
}
