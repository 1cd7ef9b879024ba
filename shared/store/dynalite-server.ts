/** Starts dynalite (DynamoDB's API on LevelDB) on a folder, for those who know the token. */
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { TableAddress } from "./local-address.ts";
import { greeting, tokenHeader } from "./local-address.ts";

/** The parts of dynalite that we use; the package has no types. */
type Dynalite = (options: { path: string; createTableMs: number }) => Server;

/** The part of LevelDB (through dynalite's own dependency) that tells why a folder cannot be opened. */
interface Level {
  open(): Promise<void>;
  close(): Promise<void>;
}
type LevelConstructor = new (path: string) => Level;

/** Another process has the folder open. */
export class FolderBusyError extends Error {
  override readonly name = "FolderBusyError";
}

/**
 * Answers DynamoDB's API at `address` (port 0: any) from the LevelDB folder `path`, and says which port it is.
 * Throws FolderBusyError when another process has the folder open, and other errors with what to do.
 */
export async function startDynalite(path: string, address: TableAddress): Promise<{ server: Server; port: number }> {
  const { dynalite, Level } = await load();
  await checkFolder(Level, path);
  const server = dynalite({ path, createTableMs: 0 });
  admitOnly(server, address.token);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(address.port, "127.0.0.1", resolve);
    });
  } catch (error) {
    await stopDynalite(server);
    throw error;
  }
  // a command that has done its work may end although the table is still open
  server.unref();
  server.on("connection", (socket) => socket.unref());
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("The local table got no port to listen on: run the command again.");
  return { server, port: bound.port };
}

/** Ends the server after the requests under way, and closes the folder. */
export function stopDynalite(server: Server): Promise<void> {
  // an error here says that it was closed before, which is what was asked for
  return new Promise((resolve) => server.close(() => resolve()));
}

async function load(): Promise<{ dynalite: Dynalite; Level: LevelConstructor }> {
  try {
    const require = createRequire(import.meta.url);
    const name = "dynalite";
    const loaded: { default: Dynalite } = await import(name);
    const { Level }: { Level: LevelConstructor } = createRequire(require.resolve(name))("level");
    return { dynalite: loaded.default, Level };
  } catch (cause) {
    throw new Error(
      "The local table needs the package dynalite, which is not installed here: run `npm install dynalite@4`, or use --store dynamodb:TABLE or --store none.",
      { cause },
    );
  }
}

/** dynalite ends the process when LevelDB cannot open the folder, so it is tried before. */
async function checkFolder(Level: LevelConstructor, path: string): Promise<void> {
  const level = new Level(path);
  try {
    await level.open();
    await level.close();
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    const why = reason instanceof Error ? reason.message : String(reason);
    if (reason instanceof Error && "code" in reason && reason.code === "LEVEL_LOCKED") throw new FolderBusyError(why, { cause });
    throw new Error(`The local table in ${path} cannot be opened (${why}): check its permissions, or move the folder away to begin anew.`, {
      cause,
    });
  }
}

/** Puts a door before dynalite, which would answer any user and web page of this machine. */
function admitOnly(server: Server, token: string): void {
  const answers = server.listeners("request") as ((...args: unknown[]) => void)[];
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    if (request.headers[tokenHeader] !== token) {
      response.writeHead(403).end();
      return;
    }
    if (request.method === "GET") {
      response.end(greeting);
      return;
    }
    for (const answer of answers) answer(request, response);
    // dynalite throws, and so ends the process, when the other side breaks off
    request.removeAllListeners("error");
    request.on("error", () => response.destroy());
  });
}
