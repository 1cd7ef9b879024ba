import { describe, expect, test } from "vitest";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { readSettings, SettingsError } from "../../shared/settings.ts";

const read = (json: object) => readSettings(json, catalogue, "settings.json");

function mistakes(json: object): string[] {
  try {
    read(json);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message.split("\n");
  }
  return [];
}

const channels = {
  chat: { kind: "slack", webhook: "ssm:/smalltarget/slack" },
  bot: { kind: "slack", token: "secretsmanager:smalltarget/slack#token", channel: "C0123456789" },
  teams: { kind: "teams", webhook: "env:TEAMS_WEBHOOK" },
  hook: { kind: "webhook", url: "ssm:/smalltarget/hook", signingKey: "ssm:/smalltarget/hook-key" },
  here: { kind: "webhook", url: "http://127.0.0.1:8080/hook" },
  bus: { kind: "eventbridge", bus: "smalltarget" },
  mail: { kind: "sns", topic: "stack" },
};

describe("channels and routes in the settings", () => {
  test("are read as they stand there; without them there are none", () => {
    const routes = [{ teams: ["payments"], env: "prod", minSeverity: "HIGH", rules: ["lambda/*"], channels: ["chat", "bot"] }];
    const settings = read({ channels, routes });
    expect(Object.keys(settings.channels ?? {})).toEqual(Object.keys(channels));
    expect(settings.channels?.bot).toEqual({ ...channels.bot, api: "https://slack.com/api" });
    expect(settings.routes).toEqual([{ ...routes[0], env: ["prod"] }]);
    expect(read({})).not.toHaveProperty("channels");
    expect(read({})).not.toHaveProperty("routes");
  });

  test.each([
    [{ routes: [{ channel: ["chat"] }] }, 'settings.json: routes.0: unknown key "channel"; did you mean "channels"?'],
    [
      { routes: [{ teams: ["!payments"], channels: ["chat"] }] },
      'settings.json: routes.0.teams: there is no "not", which "!payments" seems to mean: name those that the route is for',
    ],
    [{ digest: { quietHours: "22-24:30" } }, /^settings\.json: digest\.quietHours: must be two times of day/],
    [{ digest: "daily" }, /^settings\.json: digest: must be an object such as \{"quietHours": "22-07"/],
    [{ channels: { ["x".repeat(200)]: { kind: "securityhub" } } }, /^.{0,200}$/],
    [{ channels: { "chat\u202e": { kind: "securityhub" } } }, /^settings\.json: channels: "chat[^\u202e]*" cannot be the name/],
  ])("%j is one line that says where and what is right", (json, line) => {
    const said = mistakes({ channels: { chat: channels.chat }, ...json });
    expect(said).toEqual([expect.stringMatching(typeof line === "string" ? new RegExp(`^${RegExp.escape(line)}$`) : line)]);
  });

  test("say everything that is wrong with a route at once", () => {
    const route = { minSeverity: "HGH", rules: ["lamda/*"], channels: ["chatt"] };
    expect(mistakes({ channels: { chat: channels.chat }, routes: [route] })).toEqual([
      "settings.json: routes.0.minSeverity: must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL",
      'settings.json: routes.0.channels: there is no channel "chatt"; did you mean "chat"?',
      'settings.json: routes.0.rules: no rule is called "lamda/*"; did you mean "lambda/*"?',
    ]);
  });

  test.each([
    [
      "an unknown kind",
      { channels: { chat: { kind: "slak" } } },
      'channels.chat.kind: there is no such kind of channel; did you mean "slack"?',
    ],
    ["no kind", { channels: { chat: {} } }, 'channels.chat: "kind" is missing: it is one of eventbridge, slack'],
    [
      "an unknown key",
      { channels: { chat: { kind: "slack", webhok: "ssm:/x" } } },
      'channels.chat: unknown key "webhok"; did you mean "webhook"?',
    ],
    [
      "an unknown key that is like none",
      { channels: { chat: { kind: "slack", url: "ssm:/x" } } },
      'channels.chat: unknown key "url"; there are webhook, ',
    ],
    [
      "a key that is missing",
      { channels: { bus: { kind: "eventbridge" } } },
      'channels.bus: "bus" is missing: it is the name or the ARN of an event bus',
    ],
    [
      "half a bot",
      { channels: { chat: { kind: "slack", token: "ssm:/t" } } },
      'channels.chat: needs "webhook", or "token" and "channel" of a bot',
    ],
    [
      "http to elsewhere",
      { channels: { hook: { kind: "webhook", url: "http://example.com/x" } } },
      "channels.hook.url: must begin with https://",
    ],
    ["no topic", { channels: { mail: { kind: "sns", topic: "alerts" } } }, 'channels.mail.topic: must be "stack"'],
    [
      "a name with spaces",
      { channels: { "my chat": { kind: "sns", topic: "stack" } } },
      'channels: "my chat" cannot be the name of a channel',
    ],
    ["channels that are no object", { channels: [] }, "channels: must be an object such as"],
    ["a channel that is no object", { channels: { chat: "slack" } }, "channels.chat: must be an object with a"],
    ["routes that are no list", { channels, routes: {} }, "routes: must be a list such as"],
    ["no route at all", { channels, routes: [] }, "routes: an empty list would tell nobody"],
    [
      "an unknown channel",
      { channels, routes: [{ channels: ["chatt"] }] },
      'routes.0.channels: there is no channel "chatt"; did you mean "chat"?',
    ],
    [
      "a channel where none is",
      { routes: [{ channels: ["chat"] }] },
      'routes.0.channels: there is no channel "chat": the settings name none',
    ],
    ["no channel at all", { channels: {} }, "channels: an empty object would tell nobody anything: name a channel"],
    ["a route that names no channel", { channels, routes: [{ channels: [] }] }, "routes.0.channels: must name at least one channel;"],
    ["a route to nowhere", { channels, routes: [{ teams: ["a"] }] }, 'routes.0: "channels" is missing: it is names of channels'],
    [
      "an unknown key of a route",
      { channels, routes: [{ team: ["a"], channels: ["chat"] }] },
      'routes.0: unknown key "team"; did you mean "teams"?',
    ],
    [
      "an unknown severity",
      { channels, routes: [{ minSeverity: "high", channels: ["chat"] }] },
      "routes.0.minSeverity: must be one of CRITICAL, HIGH",
    ],
    ["a team that is no list", { channels, routes: [{ teams: "a", channels: ["chat"] }] }, "routes.0.teams: must be a list of names"],
    [
      "rules that there are not",
      { channels, routes: [{ rules: ["lamda/*"], channels: ["chat"] }] },
      'routes.0.rules: no rule is called "lamda/*"; did you mean',
    ],
  ])("%s is one line that says where and what is right", (_what, json, line) => {
    expect(mistakes(json)).toEqual([expect.stringContaining(`settings.json: ${line}`)]);
  });

  test.each([
    ["a webhook", { kind: "slack", webhook: "https://hooks.slack.com/services/T000/B000/hunter2" }],
    ["a token", { kind: "slack", token: "xoxb-hunter2", channel: "C1" }],
    ["a key", { kind: "webhook", url: "https://example.com/", signingKey: "hunter2" }],
    ["a password in an address", { kind: "webhook", url: "https://me:hunter2@example.com/" }],
    ["a token in an address", { kind: "webhook", url: "https://example.com/?token=hunter2" }],
    ["a number", { kind: "teams", webhook: 22222 }],
  ])("%s that stands there itself is refused, and not repeated", (_what, channel) => {
    const said = mistakes({ channels: { chat: channel } });
    expect(said).toEqual([expect.stringMatching(/settings\.json: channels\.chat\.\w+: must (be|not hold) /)]);
    expect(said.join()).not.toMatch(/hunter2|22222/);
  });

  test("every mistake is said at once", () => {
    expect(mistakes({ channels: { a: { kind: "x" }, b: { kind: "sns" } }, routes: [{ channels: ["c"] }] })).toHaveLength(3);
  });
});
