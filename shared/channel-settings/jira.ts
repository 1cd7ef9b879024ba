/** Jira Cloud (an account and its API token) or Data Center (a personal access token). */
import * as v from "valibot";
import { address, secretName } from "./schemas.ts";

const projectWords = 'the key of a project, such as "SEC"';
const accountWords = "the e-mail address (Jira Cloud) or name of the account that the token belongs to";
const nameWords = "a name of at most 100 characters";
const fieldsWords = 'an object of fields as Jira takes them, such as {"priority": {"name": "High"}}';

/** What the channel says itself. */
const ours = ["project", "issuetype", "summary", "description"];

const name = v.pipe(v.string(`must be ${nameWords}`), v.regex(/^[^\p{C}]{1,100}$/u, `must be ${nameWords}`), v.description(nameWords));

export const entries = {
  /** Without a page of it: `https://example.atlassian.net`. */
  site: address,
  project: v.pipe(
    v.string(`must be ${projectWords}`),
    v.regex(/^[A-Z][A-Z0-9_]{0,99}$/, `must be ${projectWords}`),
    v.description(projectWords),
  ),
  /** Left out for a personal access token of Data Center. */
  account: v.optional(
    v.pipe(v.string(`must be ${accountWords}`), v.regex(/^[^\s:\p{C}]{1,254}$/u, `must be ${accountWords}`), v.description(accountWords)),
  ),
  token: secretName,
  issueType: v.optional(name, "Task"),
  /** Absent: 3 with an account, 2 without. */
  api: v.optional(
    v.pipe(v.picklist([2, 3], "must be 2 (Data Center) or 3 (Jira Cloud)"), v.description("2 for Data Center, 3 for Jira Cloud")),
  ),
  /** Transition by which a ticket is closed when all of its findings are over; absent: people close it. */
  closes: v.optional(name),
  /** Resolutions, or statuses, that say that nothing is going to be done. */
  declined: v.optional(v.array(name, "must be a list of names"), ["Won't Do", "Won't Fix"]),
  /** Further fields of a new ticket, such as those that the project asks for. */
  fields: v.optional(
    v.pipe(
      v.record(v.string(), v.unknown(), `must be ${fieldsWords}`),
      v.check((fields) => !ours.some((own) => Object.hasOwn(fields, own)), `must not hold ${ours.join(", ")}: Small Target sets those`),
      v.description(fieldsWords),
    ),
  ),
};

/** Version 3 of the API is that of Jira Cloud, which takes no personal access tokens. */
export function mistakeIn({ api, account }: { readonly api?: number; readonly account?: string }): string | undefined {
  return api === 3 && account === undefined
    ? '"api": 3 is Jira Cloud, which needs "account"; a personal access token is for Data Center, "api": 2'
    : undefined;
}
