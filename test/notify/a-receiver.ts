import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answering = (response: ServerResponse, number: number, request: Received) => void;

/** A server on this machine that keeps what arrives, and answers as a test says. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #server: Server;
  #answer: Answering = (response) => void response.end("ok");

  private constructor() {
    this.#server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece) => pieces.push(piece));
      request.on("end", () => {
        const { method = "", url = "", headers } = request;
        const one = { method, path: url, headers, body: Buffer.concat(pieces).toString() };
        this.received.push(one);
        this.#answer(response, this.received.length, one);
      });
    });
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  answers(answer: Answering): void {
    this.received.length = 0;
    this.#answer = answer;
  }

  /** The same answer to everything. */
  always(status: number, body = "", headers: Readonly<Record<string, string>> = {}): void {
    this.answers((response) => void response.writeHead(status, headers).end(body));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
