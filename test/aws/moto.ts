/**
 * moto, an emulator of AWS. Every test file that needs an account starts a server of its own: it is there in a second, no two
 * files see each other's resources, and nothing has to be reset.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { motoServer } from "./moto-environment.ts";

/** The account that the emulator plays. */
export const account = "111122223333";

export interface Moto {
  readonly endpoint: string;
  stop(): void;
}

/** Starts a server on a port that the system chooses, and waits until it answers. */
export async function startMoto(): Promise<Moto> {
  const server = spawn(await motoServer(), ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...withoutAws(process.env), MOTO_ACCOUNT_ID: account, PYTHONUNBUFFERED: "1" },
  });
  const stop = () => void server.kill();
  // a test process that ends early must not leave a server behind
  process.once("exit", stop);
  try {
    return { endpoint: await endpointOf(server), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** Points every SDK client that is made from now on at `moto`, with credentials that are good for nothing else. */
export function useMoto({ endpoint }: Moto): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "moto", AWS_SECRET_ACCESS_KEY: "moto" });
}

function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("AWS_")));
}

/** The server says where it listens once it does. */
function endpointOf(server: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`moto_server ${why}\n${said.slice(-20).join("\n")}`));
    const patience = setTimeout(() => fail("did not start within a minute"), 60_000);
    server.once("error", reject).once("exit", (code) => fail(`ended with ${code}`));
    if (!server.stderr) return fail("has no output to read");
    // read to the end: a full pipe would stop the server
    let isUp = false;
    createInterface(server.stderr).on("line", (line) => {
      if (isUp) return;
      said.push(line);
      const [, endpoint] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? [];
      if (!endpoint) return;
      clearTimeout(patience);
      isUp = true;
      resolve(endpoint);
    });
  });
}
