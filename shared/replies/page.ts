/** The page behind a reply link: what is asked, and three buttons. It has no script, loads nothing and tells nobody where one came from. */
import { cleanText } from "../model/plain-text.ts";

export interface ReplyQuestion {
  readonly question: string;
  readonly arn: string;
  readonly to: string;
  /** Earlier answers and questions, a line each. */
  readonly history: readonly string[];
  readonly token: string;
  /** Days, `2026-11-24`: the first and the last that may be chosen, and the one that is proposed. */
  readonly days: { readonly first: string; readonly last: string; readonly proposed: string };
}

export const replyHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
};

/** The question with its three answers. Looking at it changes nothing: programs that check mail open every link. */
export function replyPage({ question, arn, to, history, token, days }: ReplyQuestion): string {
  const form = (answer: string, label: string, more = "") =>
    `<form method="post"><input type="hidden" name="token" value="${html(token)}"><input type="hidden" name="answer" value="${answer}">${more}<button>${label}</button></form>`;
  return page(
    `Is this still needed?`,
    [
      `<p><code>${html(arn)}</code></p>`,
      `<p>Nothing seems to use it. Small Target asks ${html(to || "whoever answers for the account")} (${html(question)}). Nothing is deleted by an answer.</p>`,
      form(
        "needed",
        "It is still needed",
        `<label>until <input type="date" name="until" required value="${days.proposed}" min="${days.first}" max="${days.last}"></label> `,
      ),
      form("can-go", "It can go"),
      form("not-mine", "It is not ours"),
      history.length > 0 ? `<h2>So far</h2><ul>${history.map((line) => `<li>${html(line)}</li>`).join("")}</ul>` : "",
    ].join("\n"),
  );
}

/** A page that only says something. */
export function replyNote(title: string, text: string): string {
  return page(title, `<p>${html(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:2em auto;padding:0 1em}code{overflow-wrap:anywhere}form{margin:1em 0}button{font:inherit;padding:.4em 1em}</style>
</head><body><h1>${html(title)}</h1>
${body}
</body></html>
`;
}

/** Names are hostile: nothing in them may become markup. */
function html(text: string): string {
  return cleanText(text, 2000)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
