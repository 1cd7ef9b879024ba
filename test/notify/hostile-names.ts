import { hostileName } from "./a-finding.ts";

/** Names that somebody may give to a function, a tag or a queue, by what they try. One table for every kind of channel. */
export const hostileNames: Readonly<Record<string, string>> = {
  "everything at once": hostileName,
  "a mention of everybody in Slack": "orders <!channel> <!here|here> <!everyone>",
  "a mention of somebody": "<@U012AB3CD> @here @channel @everyone <at>admin</at> [~accountid:1]",
  "a link of Slack": "<https://evil.example|click here>",
  "a link of Markdown": "[click](https://evil.example) ![x](https://evil.example/x.png)",
  "a bare address": "https://evil.example/login http://evil.example mailto:a@evil.example",
  HTML: "</p><script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; &amp;",
  "the marks of chat": "*bold* _italic_ ~gone~ `code` ```block``` > quote",
  "a heading and a table": "# head\n| a | b |\n|---|---|\n- item",
  "a code block that ends": "x```\n*out*\n```",
  JSON: '","severity":"LOW","x":{"a":"}',
  "an input template": "<detail.finding.id> <aws.events.event> {{x}} %s $(x) {color:red}red{color} {noformat}",
  "a header of e-mail": "orders\r\nSubject: forged\r\nBcc: all@evil.example",
  "text from right to left": "invoice\u202egnp.exe \u2066x\u2069 \u200f",
  "controls and colours": "\u001b[31mred\u001b[0m \u0000 \u0007 \u009b1m \u001b]0;title\u0007",
  "what cannot be seen": "a\u200bb\u200dc\ufeffd\u00ade\u{e0041}",
  "half a character": "\ud800 end \udc00",
  "as long as it may be": `${"x".repeat(250)}*<!channel>*`.slice(0, 256),
  "many lines": "line\n".repeat(60),
  "a pasted command": "orders'; rm -rf ~; echo '$(whoami)`id`",
};
