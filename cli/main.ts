/** Parses, runs, and turns what goes wrong into a line (of mistakes in the settings, a line each) and an exit code. */
import { buildProgram } from "./program.ts";
import { say, tolerateClosedPipes, withoutExperimentalWarnings } from "./terminal.ts";
import { tellUncaught } from "./uncaught.ts";

export async function main(): Promise<void> {
  tellUncaught();
  tolerateClosedPipes();
  withoutExperimentalWarnings();
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    const { failureOf } = await import("./failure.ts");
    const { line, more = [], exitCode } = failureOf(error);
    if (line !== undefined) for (const one of [line, ...more]) say(`smalltarget: ${one}`);
    if (process.argv.includes("--debug") && error instanceof Error && line !== undefined) process.stderr.write(`${error.stack}\n`);
    process.exitCode = exitCode;
  }
}
