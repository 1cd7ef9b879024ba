/**
 * Which values of environment variables look like a secret in plain text. Only the kind leaves: no part of the value does. A value that
 * names a secret (an ARN, a parameter, `{{resolve:...}}`) is what should be there, and is none.
 */

/** Values that their makers gave a shape of their own, so that scanners find them; from the providers' documentation of their token formats, November 2026. */
const shapes: readonly (readonly [kind: string, shape: RegExp])[] = [
  ["private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["AWS access key", /^(?:AKIA|ASIA)[A-Z2-7]{16}$/],
  ["GitHub token", /^(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})$/],
  ["GitLab token", /^gl(?:pat|dt|rt|ptt|ft|soat)-[A-Za-z0-9_-]{20,}/],
  ["Slack token", /^xox[abeoprs]-[A-Za-z0-9-]{10,}$/],
  ["Slack webhook", /^https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,}$/],
  ["Teams or Power Automate webhook", /^https:\/\/[^/]+\.(?:webhook\.office\.com|logic\.azure\.com)[:/].{30,}$/],
  ["Discord webhook", /^https:\/\/(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{30,}$/],
  ["Stripe key", /^(?:sk|rk)_live_[A-Za-z0-9]{16,}$/],
  ["Google API key", /^AIza[A-Za-z0-9_-]{35}$/],
  ["Google service account", /"type"\s*:\s*"service_account"[\s\S]*"private_key"/],
  ["SendGrid key", /^SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}$/],
  ["Mailgun key", /^key-[0-9a-f]{32}$/],
  ["npm token", /^npm_[A-Za-z0-9]{36}$/],
  ["PyPI token", /^pypi-AgE[A-Za-z0-9_-]{50,}$/],
  ["Anthropic key", /^sk-ant-[A-Za-z0-9_-]{20,}$/],
  ["OpenAI key", /^sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,}$/],
  ["Twilio key", /^SK[0-9a-f]{32}$/],
  ["Shopify token", /^shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}$/],
  ["Telegram bot token", /^\d{8,10}:[A-Za-z0-9_-]{35}$/],
  ["signed token (JWT)", /^eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}$/],
];

/** What a password in an address or a connection string looks like: `scheme://user:password@host`, `Password=...;`, `AccountKey=...`. */
const addressWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@?#]*:([^\s/@?#]+)@[^\s/]/i;
const connectionString = /(?:^|[;\s])(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*([^;\s]{3,})/i;

/** Names that speak of a secret, as whole words: `DB_PASSWORD`, `apiKey`, `SLACK_TOKEN`. */
const secretWord =
  /(?:^|_)(?:password|passwd|passphrase|pwd|secret|secrets|token|credential|credentials|api_?(?:gateway_?|gw_?)?key|subscription_?key|access_?key|auth_?key|private_?key|signing_?key|encryption_?key|master_?key|secret_?key|client_?secret|hmac_?key)(?:_|$)|(?:^|_)pass$/;

/** Words behind which such a name speaks of something about the secret, or of where it lies. */
const aboutASecret =
  /(?:^|_)(?:arn|name|names|id|ids|path|paths|prefix|param|parameter|ssm|file|filename|location|url|uri|endpoint|host|table|bucket|queue|topic|region|version|stage|ttl|expiry|expires|expiration|expire|lifetime|seconds|minutes|hours|days|age|length|size|limit|max|min|count|policy|type|kind|field|header|column|attribute|claim|issuer|audience|scope|algorithm|enabled|required|provider|manager|service|cache|rotation|validity|public|publishable|regex|pattern|format|hash_rounds|template|strategy|alias)(?:_|$)/;

/** What stands where nobody has put a secret yet, or switches something. */
const noSecret =
  /^(?:true|false|yes|no|on|off|none|null|undefined|n\/?a|todo|tbd|test|dummy|example|placeholder|redacted|required|optional|change_?me|xxx+|\*+|-+|\d{1,9}|\d+[smhd])$/i;

/**
 * Names of places: a path of words, an ARN, a reference that CloudFormation or a library resolves, what KMS encrypted, a secret that a service
 * keeps in Secrets Manager (its user guide, "Secrets managed by other AWS services", November 2026).
 */
const names =
  /^(?:arn:|\/|ssm:|secretsmanager:|vault:|s3:\/\/|kms:|\{\{|\$\{|AQIC?AHh?[A-Za-z0-9+/=]{60,}$|(?:appflow|databrew|datasync|directconnect|events|marketplace-deployment|opsworks-cm|rds|redshift|sqlworkbench)![a-z]|https?:\/\/[^@?]*$)/;
const pathOfWords = /^[A-Za-z][A-Za-z0-9._-]*(?:\/[A-Za-z0-9._-]+)+$/;

/** Variables that build tools of web pages put into the page for everybody; a key of Google's for browsers belongs there. */
const inEveryPage = /^(?:next_public|nuxt_public|expo_public|react_app|vite|gatsby)_/;

const marked = /^<secret: ([A-Za-z ()]{1,40})>$/;
/** Longer values are read no further. */
const longestValue = 4096;

/** The kind of secret that the variable looks like: by its value's own shape, or by its name; undefined: like none. */
export function secretKind(name: string, value: string): { readonly kind: string; readonly by: "value" | "name" } | undefined {
  const replaced = marked.exec(value)?.[1];
  if (replaced) return { kind: replaced, by: replaced.startsWith("value named ") ? "name" : "value" };
  const text = value.slice(0, longestValue).trim();
  const words = wordsOf(name);
  const shape = shapes.find(([, one]) => one.test(text))?.[0];
  if (shape === "Google API key" && inEveryPage.test(words)) return undefined;
  if (shape) return { kind: shape, by: "value" };
  const password = (addressWithPassword.exec(text) ?? connectionString.exec(text))?.[1];
  if (password && !noSecret.test(password) && !names.test(password)) return { kind: "address with a password", by: "value" };
  const word = secretWord.exec(words)?.[0].replaceAll("_", " ").trim();
  if (!word || aboutASecret.test(words) || !couldBeSecret(word, text)) return undefined;
  // half of a pair that has a shape of its own
  if (/access_?key/.test(words) && /^[A-Za-z0-9/+]{40}$/.test(text)) return { kind: "AWS secret access key", by: "value" };
  return { kind: `value named ${word}`, by: "name" };
}

/** What a recording holds in the value's place: enough for `secretKind` to answer the same. */
export function markedSecret(name: string, value: string): string | undefined {
  const found = secretKind(name, value);
  return found && `<secret: ${found.kind}>`;
}

/** `dbPassword`, `DB-PASSWORD` and `DB_PASSWORD` as `db_password`. */
function wordsOf(name: string): string {
  return name
    .slice(0, 256)
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
}

const shortestSecret = 6;
const password = /^pass|pwd/;

/** Passwords are anything; a token is made by a machine, and a plain word in such a variable is the name of something. */
function couldBeSecret(word: string, text: string): boolean {
  if (text.length < shortestSecret || /\s/.test(text.slice(0, 64)) || noSecret.test(text) || names.test(text)) return false;
  if (pathOfWords.test(text)) return false;
  return (
    password.test(word) || (text.length >= 8 && /[0-9]/.test(text) && /[A-Za-z]/.test(text) && !/^[a-z]+(?:[-_.][a-z0-9]+)+$/.test(text))
  );
}
