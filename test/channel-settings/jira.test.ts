import { describe, expect, test } from "vitest";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { readSettings } from "../../shared/settings.ts";

const cloud = {
  kind: "jira",
  site: "https://example.atlassian.net",
  project: "SEC",
  account: "bot@example.com",
  token: "ssm:/smalltarget/jira",
};
const read = (tickets: object) => readSettings({ channels: { tickets } }, catalogue, "settings.json").channels?.tickets;

describe("a Jira channel in the settings", () => {
  test("needs a site, a project and a token; the rest has defaults", () => {
    expect(read(cloud)).toEqual({ ...cloud, issueType: "Task", declined: ["Won't Do", "Won't Fix"] });
    const { account: _, ...dataCenter } = {
      ...cloud,
      site: "https://jira.example.com/jira",
      closes: "Done",
      fields: { priority: { name: "High" } },
    };
    expect(read(dataCenter)).toMatchObject(dataCenter);
  });

  test.each([
    ["site", { ...cloud, site: "http://jira.example.com" }, "channels.tickets.site: must begin with https://"],
    ["project", { ...cloud, project: 'SEC" OR 1=1' }, "channels.tickets.project: must be the key of a project"],
    ["token", { ...cloud, token: "ATATT3xFfGF0" }, "channels.tickets.token: must be the name of a secret"],
    ["account", { ...cloud, account: "a:b" }, "channels.tickets.account: must be the e-mail address"],
    ["api", { ...cloud, api: 4 }, "channels.tickets.api: must be 2 (Data Center) or 3 (Jira Cloud)"],
    [
      "fields",
      { ...cloud, fields: { summary: "mine" } },
      "channels.tickets.fields: must not hold project, issuetype, summary, description",
    ],
    ["closes", { ...cloud, closes: "" }, "channels.tickets.closes: must be a name"],
    ["isueType", { ...cloud, isueType: "Bug" }, 'channels.tickets: unknown key "isueType"; did you mean "issueType"?'],
    ["both", { ...cloud, account: undefined, api: 3 }, 'channels.tickets: "api": 3 is Jira Cloud, which needs "account"'],
  ])("with a wrong %s is one line that says what is right, and repeats no secret", (_key, channel, line) => {
    expect(() => read(channel)).toThrow(`settings.json: ${line}`);
    expect(() => read(channel)).not.toThrow(/ATATT/);
  });
});
