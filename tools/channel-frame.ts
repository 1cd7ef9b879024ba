/** What `npm run new -- channel` writes: a kind of channel that posts JSON. Pure text. */
import { constantOf, memberOf, typeOf } from "./frame-name.ts";
import type { ListEntry } from "./list-entry.ts";

/** What the settings may say of one such channel. */
export function channelSettingsFrame(): string {
  return `/** Say what it is, and what may be set of it. */
import { secretOrAddress } from "./schemas.ts";

export const entries = { url: secretOrAddress };
`;
}

/** The channel; how often it is tried again, secrets and time are not its business. */
export function channelFrame(name: string): string {
  const type = typeOf(name);
  return `/** Say where messages go, and what the receiver limits. */
import type * as v from "valibot";
import type { entries } from "../../channel-settings/${name}.ts";
import { defaultLimits, type Message } from "../channel.ts";
import type { ChannelKind } from "../channel-kind.ts";
import { addressOf } from "./address-of.ts";
import { isAccepted, refusal } from "./refusal.ts";

type ${type}Options = v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>>;

export const kind: ChannelKind<${type}Options> = {
  kind: "${name}",
  open: (name, { url }, means) => ({
    name,
    limits: defaultLimits,
    async send(message) {
      const address = await addressOf(url, means);
      const headers = { "content-type": "application/json" };
      const answer = await means.request({ method: "POST", url: address, headers, body: bodyOf(message) });
      if (!isAccepted(answer)) throw refusal(name, answer, url);
      return { accepted: message.findingIds };
    },
  }),
};

/** What is posted. Texts of the account are cleaned by whoever words the message; escape them here as the receiver asks. */
function bodyOf({ id, subject, text }: Message): string {
  return JSON.stringify({ id, subject, text });
}
`;
}

/** Its test: what is posted, what counts as told, and a receiver that refuses. */
export function channelTestFrame(name: string): string {
  return `import { describe, expect, test } from "vitest";
import { DeliveryError } from "../../../shared/notify/channel.ts";
import type { ChannelMeans, HttpRequest } from "../../../shared/notify/channel-kind.ts";
import { kind } from "../../../shared/notify/kinds/${name}.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { account, aFinding, hostileName } from "../a-finding.ts";

/** A receiver that answers so. */
function open(status: number, posted: HttpRequest[] = []) {
  const request = async (one: HttpRequest) => {
    posted.push(one);
    return { status, headers: {}, body: "said so" };
  };
  return kind.open("chat", { url: "https://example.com/hook" }, { request } as unknown as ChannelMeans);
}

describe("the channel ${name}", () => {
  const message = composeMessage("digest", [aFinding(1), aFinding(2, { name: hostileName })], account);

  test("posts a message once, and has told its findings", async () => {
    const posted: HttpRequest[] = [];
    expect(await open(200, posted).send(message, [])).toEqual({ accepted: message.findingIds });
    const body = { id: message.id, subject: message.subject, text: message.text };
    expect(posted.map((one) => JSON.parse(one.body ?? ""))).toEqual([body]);
  });

  test("has told nothing where it was not accepted, and says why", async () => {
    await expect(open(410).send(message, [])).rejects.toThrow(DeliveryError);
    await expect(open(410).send(message, [])).rejects.toThrow(/said so/);
  });
});
`;
}

/** What has to know of it. What its role may do is for the one who writes it to say: one that posts needs nothing. */
export function channelEntries(name: string): ListEntry[] {
  const [constant, member] = [constantOf(name), memberOf(name)];
  const kinds = "shared/channel-settings/kinds.ts";
  return [
    { path: kinds, from: "import ", before: "\n", line: `import { entries as ${constant} } from "./${name}.ts";` },
    {
      path: kinds,
      from: "export const channelKinds",
      before: "}",
      line: constant === name ? `  ${name},` : `  ${member}: ${constant},`,
    },
    {
      path: "shared/notify/open-channels.ts",
      from: "const loaders",
      before: "};",
      line: `  ${member}: () => import("./kinds/${name}.ts"),`,
    },
    {
      path: "tools/channels-document.ts",
      from: "const kindWords",
      before: "};",
      line: `  ${member}: "Say for whom it is, and where its address comes from.",`,
    },
    {
      path: "test/notify/kinds/hostile.test.ts",
      from: "const kinds = ",
      before: "});",
      line: `  ${member}: { kind: "${name}", url: "env:HOOK" },`,
    },
  ];
}
