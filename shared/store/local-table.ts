/** The local table: dynalite in this process, or in the one that has the folder open already. */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { FolderBusyError, startDynalite, stopDynalite } from "./dynalite-server.ts";
import type { TableAddress } from "./local-address.ts";
import { alone, isAlive, readAddress, tokenHeader, writeAddress } from "./local-address.ts";
import { pause } from "./requests.ts";

/** Name of the table in the local folder. */
export const localTableName = "smalltarget";

const defaultPatienceMs = 5000;

/**
 * A DynamoDB for one folder (`.smalltarget`). LevelDB lets one process in at a time: that one answers DynamoDB's API on a
 * port of this machine and leaves port and token in `table.json`; others become its clients. When it ends, the next client
 * that notices opens the folder itself.
 */
export class LocalTable {
  readonly client: DynamoDBClient;
  readonly #folder: string;
  readonly #patienceMs: number;
  #address: TableAddress = { port: 0, token: "" };
  #server: Server | undefined;
  #connecting: Promise<void> | undefined;

  private constructor(folder: string, patienceMs: number) {
    this.#folder = folder;
    this.#patienceMs = patienceMs;
    // endpoint and credentials are for show: #connectTo sets the port, and nobody checks the signature
    this.client = new DynamoDBClient({
      endpoint: "http://127.0.0.1:1",
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    this.#sendToHolder();
  }

  /**
   * Opens the table in `folder`, which is made when it is not there.
   * Throws when another command keeps the folder to itself for longer than `patienceMs`, or when it cannot be opened at all.
   */
  static async open(folder: string, patienceMs = defaultPatienceMs): Promise<LocalTable> {
    const table = new LocalTable(folder, patienceMs);
    await table.#connect();
    return table;
  }

  /** True while this process holds the folder, and serves others. */
  get isHolder(): boolean {
    return this.#server !== undefined;
  }

  /** Ends after the requests under way, also those of other processes; gives the folder free. */
  async close(): Promise<void> {
    this.client.destroy();
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    // first the sign, then the house: who comes now waits for the folder instead of knocking at a closed port
    await rm(this.#file, { force: true });
    await stopDynalite(server);
  }

  get #file(): string {
    return join(this.#folder, "table.json");
  }

  /** Requests of this process that find nobody share one attempt to connect again. */
  #connect(): Promise<void> {
    this.#connecting ??= this.#connectOnce().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connectOnce(): Promise<void> {
    const end = Date.now() + this.#patienceMs;
    do {
      const holder = await readAddress(this.#file);
      if (holder && (await isAlive(holder))) {
        this.#address = holder;
        return;
      }
      if (await this.#hold()) return;
      await pause(100);
    } while (Date.now() < end);
    throw new Error(
      `Another smalltarget command is using ${this.#folder}: wait until it has ended, or name another folder with --store dir:PATH.`,
    );
  }

  /** Opens the folder in this process; false when another has it. */
  async #hold(): Promise<boolean> {
    const held = await alone(join(this.#folder, "table.opening"), this.#patienceMs, async () => {
      const token = randomBytes(24).toString("base64url");
      try {
        const { server, port } = await startDynalite(join(this.#folder, "table"), { port: 0, token });
        this.#server = server;
        this.#address = { port, token };
        await writeAddress(this.#file, this.#address);
        return true;
      } catch (error) {
        if (error instanceof FolderBusyError) return false;
        throw error;
      }
    });
    return held === true;
  }

  /** Directs every request to whoever holds the folder at that moment. */
  #sendToHolder(): void {
    this.client.middlewareStack.add(
      (next) => async (args) => {
        const request = args.request as { port?: number; headers: Record<string, string> };
        const send = () => {
          request.port = this.#address.port;
          request.headers[tokenHeader] = this.#address.token;
          return next(args);
        };
        try {
          return await send();
        } catch (error) {
          // refused means that nothing was sent: the holder has ended, and the request may go to the next one
          if (!(error instanceof Error && "code" in error && error.code === "ECONNREFUSED")) throw error;
          await this.#connect();
          return await send();
        }
      },
      { step: "deserialize", priority: "low", name: "smallTargetHolder" },
    );
  }
}
