import type { EventBridgeClient, PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OwnClients } from "../../../shared/aws/own-clients.ts";
import { type ChannelSettings, kindNames } from "../../../shared/channel-settings/kinds.ts";
import { hasUnsafeCharacters } from "../../../shared/model/plain-text.ts";
import type { Message } from "../../../shared/notify/channel.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { account, aFinding } from "../a-finding.ts";
import { Receiver } from "../a-receiver.ts";
import { hostileNames } from "../hostile-names.ts";
import { aChannelOf } from "./a-channel-of.ts";

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.open();
});
afterAll(() => receiver.close());

/** A finding that has the name wherever a name can stand. */
function named(name: string, number: number) {
  return aFinding(number, {
    name,
    team: name,
    title: `${name} comes within 3 % of its timeout`,
    evidence: { longestMs: 9700, callers: [name, name], lastUser: name },
    owner: { team: name, env: name, source: `tag ${name}` },
    remediation: { text: `Ask ${name}.`, commands: [`aws lambda get-function --function-name '${name}'`] },
  });
}

const messages = (name: string): Message[] => [
  composeMessage("single", [named(name, 1)], account),
  composeMessage("digest", [named(name, 1), named(name, 2)], account),
];

/** Everything that the channel sends of these messages, as parsed JSON. */
async function sent(settings: ChannelSettings, name: string): Promise<unknown[]> {
  const bodies: unknown[] = [];
  receiver.answers((response, _, { body }) => {
    bodies.push(JSON.parse(body));
    response.end('{"ok":true,"ts":"1.2"}');
  });
  const eventbridge = {
    send: async ({ input }: { input: { Entries: PutEventsRequestEntry[] } }) => {
      bodies.push(...input.Entries.map(({ Detail = "", ...entry }) => ({ ...entry, Detail: JSON.parse(Detail) })));
      return { Entries: input.Entries.map(() => ({ EventId: "e" })) };
    },
  } as unknown as EventBridgeClient;
  const sns = {
    send: async ({ input }: { input: { Message: string } }) => {
      const { https, ...rest } = JSON.parse(input.Message);
      bodies.push({ ...input, Message: { ...rest, https: JSON.parse(https) } });
      return {};
    },
  } as unknown as SNSClient;
  const clients = { eventbridge: async () => eventbridge, sns } as unknown as OwnClients;
  const channel = await aChannelOf(settings, { HOOK: receiver.address, TOKEN: "xoxb-1" }, clients);
  for (const message of messages(name)) expect((await channel.send(message, [])).accepted).toEqual(message.findingIds);
  return bodies;
}

/** Every text in the JSON with the way to it. */
function texts(value: unknown, path = ""): [path: string, text: string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    ...texts(key, `${path} key`),
    ...texts(member, Array.isArray(value) ? path : `${path}.${key}`),
  ]);
}

/** What a channel of each kind is set to. Two speak in forms of their own, and have their own tests. */
const kinds = (address: string): Readonly<Record<string, ChannelSettings>> => ({
  webhook: { kind: "webhook", url: "env:HOOK" },
  "slack webhook": { kind: "slack", webhook: "env:HOOK", api: "https://slack.com/api" },
  "slack bot": { kind: "slack", token: "env:TOKEN", channel: "C1", api: address },
  teams: { kind: "teams", webhook: "env:HOOK" },
  eventbridge: { kind: "eventbridge", bus: "b" },
  sns: { kind: "sns", topic: `arn:aws:sns:eu-west-1:${account}:t` },
});

/** `&lt;` and its like taken back: what Slack shows. What would act in Slack is looked for before. */
const acts = /<[!@#]|<[a-z]+:|<https?/i;

test.each(kindNames.filter((kind) => kind !== "jira" && kind !== "securityhub"))("the kind %s is put to these names", (kind) => {
  expect(
    Object.values(kinds("")).map((settings) => settings.kind),
    `give ${kind} an entry of kinds in this file`,
  ).toContain(kind);
});

describe.each(Object.entries(hostileNames))("%s in a name", (_what, name) => {
  test.each(Object.keys(kinds("")))("leaves %s as it is", async (kind) => {
    const settings = kinds(receiver.address)[kind];
    if (!settings) throw new Error(kind);
    const all = (await sent(settings, name)).flatMap((body) => texts(body));
    expect(all.length).toBeGreaterThan(5);
    for (const [path, text] of all) {
      expect(text.split("\n").some(hasUnsafeCharacters), `${path}: ${JSON.stringify(text)}`).toBe(false);
    }
  });

  test.each(["slack webhook", "slack bot"])("formats, mentions and links nothing in %s", async (kind) => {
    const bodies = (await sent(kinds(receiver.address)[kind] as ChannelSettings, name)) as {
      text: string;
      blocks: { type: string; text?: { text: string; type: string } }[];
    }[];
    for (const { text, blocks } of bodies) {
      for (const said of [text, ...blocks.flatMap((block) => (block.text?.type === "mrkdwn" ? [block.text.text] : []))]) {
        expect(said).not.toMatch(acts);
        // of a pasted command only, which stands between three marks
        const words = said.replace(/```[^`]*```/g, "");
        expect(words).not.toMatch(/https?:\/\/|[<>~@]/);
        // each mark is ours: in pairs within its line
        for (const line of words.split("\n"))
          for (const mark of ["*", "`"]) expect(line.split(mark).length % 2, `${mark} in ${line}`).toBe(1);
      }
    }
  });

  test("is text and nothing else on a card of Teams", async () => {
    for (const body of (await sent(kinds(receiver.address).teams as ChannelSettings, name)) as {
      attachments: { content: { body: { type: string; inlines: { type: string }[] }[] } }[];
    }[]) {
      const blocks = body.attachments.flatMap(({ content }) => content.body);
      expect(new Set(blocks.map(({ type }) => type))).toEqual(new Set(["RichTextBlock"]));
      expect(new Set(blocks.flatMap(({ inlines }) => inlines.map(({ type }) => type)))).toEqual(new Set(["TextRun"]));
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(28_000);
    }
  });

  test("formats, mentions and links nothing in the Markdown of an event", async () => {
    const details = (await sent(kinds(receiver.address).eventbridge as ChannelSettings, name)) as {
      Detail: { render: { markdown: string; slack: string } };
    }[];
    for (const { Detail } of details) {
      expect(Detail.render.markdown).not.toMatch(/[<>@~]|\]\(|https?:\/\//);
      expect(Detail.render.slack).not.toMatch(acts);
    }
  });
});
