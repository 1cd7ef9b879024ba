/** A shell with the AWS command line, as a person has it open, and an emulator for AWS. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsCommand } from "./moto-environment.ts";

export interface Shell {
  /** Runs one pasted line. */
  run(line: string): Promise<{ readonly code: number | null; readonly said: string }>;
}

/** @param folder where the lines leave their files */
export function aShell(endpoint: string, folder: string): Shell {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  // version 1 sends requests for queues to AWS unless the address is an option
  writeFileSync(join(bin, "aws"), `#!/bin/sh\nexec '${awsCommand}' --endpoint-url '${endpoint}' "$@"\n`, { mode: 0o755 });
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    AWS_ACCESS_KEY_ID: "moto",
    AWS_SECRET_ACCESS_KEY: "moto",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_MAX_ATTEMPTS: "1",
    // a person who changes nothing and closes
    EDITOR: "true",
  };
  return {
    run: (line) =>
      new Promise((done, fail) => {
        const child = spawn("bash", ["-o", "pipefail", "-c", line], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
        const said: string[] = [];
        for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => void said.push(text));
        child.once("error", fail).once("close", (code) => done({ code, said: said.join("").trim() }));
      }),
  };
}
