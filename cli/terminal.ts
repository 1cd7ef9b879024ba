/** Standard output and standard error: data on the one, everything else on the other. */
import pc from "picocolors";
import { cleanText } from "../shared/model/plain-text.ts";
import type { Look } from "../shared/report/look.ts";

/** How the command is typed here, for hints: from a checkout, where the program is TypeScript, npm finds the right Node. */
export const commandName = import.meta.url.endsWith(".ts") ? "npm run -s smalltarget --" : "smalltarget";

/** The look of pages on standard output. Not on a terminal lines are as long as they like: what reads them wants whole names. */
export function outputLook(): Look {
  const columns = Number(process.env.COLUMNS);
  const width = process.stdout.isTTY ? process.stdout.columns || 80 : columns > 0 ? Math.max(columns, 40) : Number.POSITIVE_INFINITY;
  return { width, paint: pc.createColors(coloured(process.stdout)), command: commandName };
}

function coloured(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}

/** The look of the page after a scan, which is for people: not wider than they like to read, even in a file. */
export function pageLook(): Look {
  const look = outputLook();
  return { ...look, width: Number.isFinite(look.width) ? look.width : 120 };
}

/** Data for standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** A line for the person, on standard error. */
export function say(line: string): void {
  process.stderr.write(`${cleanText(line, 2000)}\n`);
}

/** Whoever reads standard output may stop reading (`| head`): that is no error, the rest goes nowhere. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

/** Node warns of what it calls experimental (taking types off, which reads sources): no business of whoever runs a command. */
export function withoutExperimentalWarnings(): void {
  const usual = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== "ExperimentalWarning") for (const tell of usual) tell(warning);
  });
}
