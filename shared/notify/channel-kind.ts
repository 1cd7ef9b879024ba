/** What a kind of channel is: one file of `notify/kinds/`, opened with what the settings say of one channel of that kind. */
import type { OwnClients } from "../aws/own-clients.ts";
import type { Channel } from "./channel.ts";
import type { Deployment } from "./pointer.ts";

/** One HTTP request. Redirects are not followed: a secret must not go elsewhere. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most 1 MB of it. */
  readonly body: string;
}

/** What a channel is given to work with. */
export interface ChannelMeans {
  /** The value of what the settings name as `ssm:NAME`, `secretsmanager:NAME` or `env:NAME`. @throws DeliveryError */
  secret(name: string): Promise<string>;
  /**
   * Asks once, and again with patience where the answer is 429 or 5xx or there is none: within the channel's time. What is asked again is asked in the same words,
   * so that a receiver which knows ids can drop it. `once`: not again, where a repetition would make a second thing. @throws DeliveryError where there is no answer
   */
  request(request: HttpRequest, options?: { readonly once?: boolean }): Promise<HttpAnswer>;
  readonly clients: OwnClients;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** The stack that sends, for the commands that are shown; absent: a person's own machine does. */
  readonly deployment?: Deployment;
  now(): Date;
}

/** @typeParam Options what the settings say of one such channel, checked */
export interface ChannelKind<Options> {
  readonly kind: string;
  /** Makes no request. */
  open(name: string, options: Options, means: ChannelMeans): Channel;
}
