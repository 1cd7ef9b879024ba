/** The command line as a whole: what there is to type. Also read by the generator of docs/cli.md. */
import { Command, Help } from "commander";
import metadata from "../package.json" with { type: "json" };
import { commandList } from "./command-list.ts";
import { commandName } from "./terminal.ts";

const exitCodesText = `
Exit codes:
  0    done
  1    scan: there are findings at or above --fail-on (wins over 4)
  2    the command line, a file or a name it gives is wrong
  3    could not be done: no credentials, or AWS refused
  4    scan --strict: done, but something could not be looked at
  130  interrupted

Data goes to standard output, everything else to standard error. Credentials come from the AWS SDK's default chain.`;

/** Loads a command when it is typed. Throws CommanderError instead of ending the process. */
export function buildProgram(): Command {
  const program = new Command("smalltarget")
    .description(metadata.description)
    .version(metadata.version, "-V, --version")
    .showSuggestionAfterError()
    // what stands after a command is its own: some commands have options of the same names as their subcommands
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(errorLine(text, "")) })
    .configureHelp({ subcommandTerm })
    .helpCommand(false)
    .addHelpText("after", exitCodesText)
    .hook("preSubcommand", (_program, command) => load(command));
  for (const { name, description } of commandList) program.command(name).description(description);
  program
    .command("help")
    .argument("[command...]")
    .description("display help for command")
    .helpOption(false)
    .action(async (names: readonly string[]) => void (await program.parseAsync([...names, "--help"], { from: "user" })));
  return program;
}

/** The program with all commands loaded, for who writes down all of it. */
export async function wholeProgram(): Promise<Command> {
  const program = buildProgram();
  for (const command of program.commands) await load(command);
  return program;
}

/** One line, and where to read what is allowed, unless it says that itself. */
function errorLine(text: string, command: string): string {
  const line = text
    .trim()
    .replace(/^error: /, "smalltarget: ")
    .replaceAll(/\s*\n\s*/g, " ");
  const help = /did you mean|\bIt is\b/i.test(line) ? "" : `; ${commandName} ${command}--help says what there is`;
  return `${line}${help}\n`;
}

async function load(command: Command): Promise<void> {
  const listed = commandList.find(({ name }) => name === command.name());
  // typed again by `help`, it is loaded already
  if (!listed || command.options.length > 0 || command.commands.length > 0) return;
  command.configureOutput({ outputError: (text, write) => write(errorLine(text, `${command.name()} `)) });
  (await listed.load())(command);
}

/** A command of the list need not be loaded to be listed; `alarms plan` and its like are no longer in the list. */
function subcommandTerm(command: Command): string {
  const listed = command.parent?.parent ? undefined : commandList.find(({ name }) => name === command.name());
  return listed ? `${listed.name} ${listed.usage}`.trimEnd() : new Help().subcommandTerm(command);
}
