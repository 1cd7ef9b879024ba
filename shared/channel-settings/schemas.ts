/** What the settings of several kinds of channels have in common. No message repeats what was given: it may be a secret. */
import * as v from "valibot";

/** Hosts that are this machine: what goes there does not travel. */
const thisMachine = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** `ssm:NAME`, `secretsmanager:NAME`, of which `#KEY` takes one value where the secret is JSON, or `env:NAME`. */
const secretPattern = /^(ssm:\/?[\w.-]+(\/[\w.-]+)*|secretsmanager:[\w/+=.@-]{1,512}(#[\w.-]{1,128})?|env:[A-Za-z_]\w*)$/;

export const secretWords =
  'the name of a secret: "ssm:/NAME" (Parameter Store), "secretsmanager:NAME" or "secretsmanager:NAME#KEY", or "env:NAME" on the command line';

export const addressWords = "an address that begins with https://, or with http:// on this machine";

/** A secret by name; never the secret itself. */
export const secretName = v.pipe(
  v.string(`must be ${secretWords}`),
  v.regex(secretPattern, `must be ${secretWords}; what stands there is not shown, it may be the secret itself`),
  v.description(secretWords),
);

/** Where requests go, when that is no secret. */
export const address = v.pipe(
  v.string(`must be ${addressWords}`),
  v.check((given) => addressMistake(given) === undefined, mistakeOf),
  v.description(addressWords),
);

/** Either: an address that holds a token is a secret. */
export const secretOrAddress = v.pipe(
  v.string(`must be ${addressWords}, or ${secretWords}`),
  v.check((given) => secretPattern.test(given) || addressMistake(given) === undefined, mistakeOf),
  v.description(`${addressWords}, or ${secretWords}`),
);

export function isSecretName(text: string): boolean {
  return secretPattern.test(text);
}

/** A name of which secrets there are, taken apart. Undefined: it is none. */
export function parseSecretName(
  name: string,
): { readonly from: "ssm" | "secretsmanager" | "env"; readonly name: string; readonly key?: string } | undefined {
  if (!isSecretName(name)) return undefined;
  const at = name.indexOf(":");
  const from = name.slice(0, at) as "ssm" | "secretsmanager" | "env";
  const [bare = "", key] = from === "secretsmanager" ? name.slice(at + 1).split("#") : [name.slice(at + 1)];
  return { from, name: bare, ...(key === undefined ? {} : { key }) };
}

/**
 * What is wrong with an address, in words that do not repeat it; undefined: nothing.
 * @param isSecret it was read as a secret: then it may hold one
 */
export function addressMistake(text: string, isSecret = false): string | undefined {
  const url = URL.parse(text);
  if (!url || text !== text.trim()) return `must be ${addressWords}`;
  const plain = url.protocol === "http:";
  if (url.protocol !== "https:" && !plain) return `must be ${addressWords}`;
  if (plain && !thisMachine.has(url.hostname)) return "must begin with https://: http:// is taken for this machine only";
  if (url.username !== "" || url.password !== "") return "must not hold a user or a password: what is sent to it says who we are";
  if (!isSecret && (url.search !== "" || url.hash !== ""))
    return `must not hold a query, which may be a secret: keep the whole address as one, and give ${secretWords}`;
  return undefined;
}

function mistakeOf({ input }: { readonly input: unknown }): string {
  return addressMistake(String(input)) ?? `must be ${addressWords}`;
}
