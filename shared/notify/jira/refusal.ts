/** What Jira's refusals mean, and what to do next. */
import { cleanText } from "../../model/plain-text.ts";
import { DeliveryError } from "../channel.ts";
import type { HttpAnswer } from "../channel-kind.ts";

/** What an advice may name; no secret. */
export interface Advised {
  readonly site: string;
  readonly project: string;
  /** Absent: a personal access token of Data Center says who we are. */
  readonly account?: string;
  /** Name of the secret, not its value. */
  readonly token: string;
  readonly api: 2 | 3;
  readonly issueType: string;
}

/** @param place the request, in words */
export function refusal(place: string, answer: HttpAnswer, access: Advised): DeliveryError {
  const said = saidIn(answer.body);
  const { advice, permanent } = adviceFor(answer, said, access);
  return new DeliveryError(`${place}: ${advice} (${[String(answer.status), said].filter((part) => part !== "").join(": ")})`, permanent);
}

interface Advice {
  readonly advice: string;
  /** Every other ticket would meet the same. */
  readonly permanent: boolean;
}

function adviceFor({ status, headers }: HttpAnswer, said: string, { site, project, account, token, api, issueType }: Advised): Advice {
  const who = account ?? "the owner of the token";
  const permanent = (advice: string): Advice => ({ advice, permanent: true });
  if (/AUTHENTICATION_DENIED/i.test(headers["x-seraph-loginreason"] ?? ""))
    return permanent(`Jira wants a CAPTCHA from ${who}: sign in once with a browser`);
  if (status === 401) {
    return permanent(
      account === undefined
        ? `Jira did not accept the personal access token: make a new one and put it into ${token}; for Jira Cloud set "account" too`
        : `Jira did not accept ${account} with its token: make a new API token (id.atlassian.com) and put it into ${token}`,
    );
  }
  if (status === 403) return permanent(`refused: ${who} needs Browse Projects, Create Issues, Edit Issues and Add Comments in ${project}`);
  if (status === 404 || status === 405 || status === 410) {
    return permanent(
      `there is no such thing: check "site" (${new URL(site).host}) and "project" (${project}); version ${api} of the API is ${api === 3 ? 'of Jira Cloud: Data Center takes "api": 2' : 'of Data Center: Jira Cloud takes "api": 3'}`,
    );
  }
  if (status >= 300 && status < 400) return permanent(`it sends us elsewhere, which is not followed: set "site" to where Jira really is`);
  if (status === 429) {
    const after = headers["retry-after"];
    return permanent(`too many requests${after ? `, Jira asks to wait ${cleanText(after, 40)} s` : ""}; the next scan goes on from here`);
  }
  if (status >= 500) return permanent("Jira does not work at the moment; the next scan tries again");
  if (/labels/i.test(said)) {
    return permanent(
      `the field Labels has to be on the create screen of ${issueType} in ${project}: by its label a ticket is found again; a Jira administrator adds it`,
    );
  }
  if (/issuetype|issue type/i.test(said)) return permanent(`set "issueType" to a type that ${project} has, it is ${issueType} now`);
  if (/project/i.test(said)) return permanent(`check "project": ${project} does not exist, or ${who} does not see it`);
  if (/required/i.test(said))
    return permanent(`${project} asks for more fields: give them as "fields" of the channel, or make them optional`);
  return { advice: "not accepted, the next scan tries again", permanent: false };
}

/** Jira's own words: messages, then fields with what is wrong. */
function saidIn(body: string): string {
  try {
    const { errorMessages, errors } = JSON.parse(body) as { errorMessages?: unknown; errors?: unknown };
    const messages = Array.isArray(errorMessages) ? errorMessages.map(String) : [];
    const fields = typeof errors === "object" && errors !== null ? Object.entries(errors).map(([name, what]) => `${name}: ${what}`) : [];
    return cleanText([...messages, ...fields].join("; "), 300);
  } catch {
    // a page instead of an answer says nothing that helps
    return "";
  }
}
