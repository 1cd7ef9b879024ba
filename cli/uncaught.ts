/** The last net: what fails outside of every call, such as a disk that is full, ends the process with a line that says so. */
import { say } from "./terminal.ts";

/** Tells what nobody caught as any other failure is told, and ends the process with its exit code. */
export function tellUncaught(): void {
  process.on("uncaughtException", (error) => void tell(error));
}

async function tell(error: Error): Promise<void> {
  const { failureOf } = await import("./failure.ts");
  const { line, exitCode } = failureOf(error);
  say(`smalltarget: ${line ?? error.message}`);
  if (process.argv.includes("--debug")) process.stderr.write(`${error.stack}\n`);
  process.exit(exitCode);
}
