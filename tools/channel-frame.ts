/** What `npm run new -- channel` writes. Pure text. */
import { constantOf, typeOf } from "./frame-name.ts";

/** A channel that posts plain text; whoever composes it gives it the way to post. */
export function channelFrame(name: string): string {
  return `/** Say where messages go, and what the receiver limits. */
import { cleanText } from "../model/plain-text.ts";
import { type Channel, type ChannelLimits, DeliveryError, defaultLimits, type Message } from "./channel.ts";

/** Posts one message, and throws when it was not accepted. A secret that it needs is its own business. */
export type PostTo${typeOf(name)} = (body: string) => Promise<void>;

/** Sends through \`post\`. Throws DeliveryError with what to do next. */
export function ${constantOf(name)}Channel(post: PostTo${typeOf(name)}, limits: ChannelLimits = defaultLimits): Channel {
  return {
    name: "${name}",
    limits,
    async send(message) {
      try {
        await post(bodyOf(message));
      } catch (error) {
        const said = cleanText(error instanceof Error ? error.message : String(error), 300);
        // permanent (true) is what every other message would meet too: then they are not tried
        throw new DeliveryError(\`${name} did not take message \${message.id}, the next scan tries again (\${said})\`, false, error);
      }
      return { accepted: message.findingIds };
    },
  };
}

/** What is posted. Texts of the account are cleaned by whoever words the message; escape them here as the receiver asks. */
function bodyOf({ id, subject, text }: Message): string {
  return JSON.stringify({ id, subject, text });
}
`;
}

/** Its test: what is posted, what counts as told, and a receiver that refuses. */
export function channelTestFrame(name: string): string {
  const channel = `${constantOf(name)}Channel`;
  return `import { describe, expect, test } from "vitest";
import { DeliveryError } from "../../shared/notify/channel.ts";
import { composeMessage } from "../../shared/notify/message.ts";
import { ${channel} } from "../../shared/notify/${name}.ts";
import { account, aFinding, hostileName } from "./a-finding.ts";

describe("the channel ${name}", () => {
  const message = composeMessage("digest", [aFinding(1), aFinding(2, { name: hostileName })], account);

  test("posts a message once, and has told its findings", async () => {
    const posted: string[] = [];
    const channel = ${channel}(async (body) => void posted.push(body));
    expect(await channel.send(message, [])).toEqual({ accepted: message.findingIds });
    expect(posted.map((body) => JSON.parse(body))).toEqual([{ id: message.id, subject: message.subject, text: message.text }]);
  });

  test("has told nothing where it was not accepted, and says why", async () => {
    const refusing = ${channel}(() => Promise.reject(new Error("503 later")));
    await expect(refusing.send(message, [])).rejects.toThrow(DeliveryError);
    await expect(refusing.send(message, [])).rejects.toThrow(/503 later/);
  });
});
`;
}
