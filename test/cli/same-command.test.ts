import { Command, Option } from "commander";
import { expect, test } from "vitest";
import { resourcesCommand } from "../../cli/commands/resources.ts";
import { sameCommand } from "../../cli/same-command.ts";
import { commandName } from "../../cli/terminal.ts";

/** What is said to type after `args` were typed. */
async function after(args: readonly string[], instead: Readonly<Record<string, string | true>> = { all: true }): Promise<string> {
  const command = new Command("resources");
  resourcesCommand(command);
  command.addOption(new Option("--from-environment <x>").env("SMALLTARGET_TEST_ONLY").default("y"));
  let said = "";
  command.action((_options, self: Command) => {
    said = sameCommand(self, instead);
  });
  await command.parseAsync([...args], { from: "user" });
  return said;
}

test("keeps what was typed, repeated options repeated, and quotes for the shell", async () => {
  const typed = [
    "--type",
    "queue",
    "--type",
    "sqs",
    "--owner",
    "the shop; rm",
    "--unused-for",
    "30",
    "-r",
    "eu-west-1",
    "--store",
    "dir:x",
  ];
  expect(await after(typed)).toBe(
    `${commandName} resources --type queue --type sqs --region eu-west-1 --owner 'the shop; rm' --unused-for 30 --store dir:x --all`,
  );
});

test("says nothing of defaults, of the environment, and of what belongs to one run", async () => {
  expect(await after([])).toBe(`${commandName} resources --all`);
  expect(await after(["--debug", "-q"])).toBe(`${commandName} resources --all`);
});

test("what is said otherwise is said once", async () => {
  expect(await after(["--output", "md"], { output: "csv" })).toBe(`${commandName} resources --output csv`);
});

test("typed again as it stands, it says the same", async () => {
  const words = (await after(["--type", "queue", "--region", "eu-west-1"])).slice(`${commandName} resources `.length).split(" ");
  expect(await after(words)).toBe(`${commandName} resources ${words.join(" ")}`);
});
