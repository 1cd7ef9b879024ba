/** The values of secrets, read when they are needed and kept for one run. Never recorded, never logged, in no error. */
import { codeOf, isCredentialsError } from "./errors.ts";
import type { OwnClients } from "./own-clients.ts";

/** A secret by name. */
export interface SecretReference {
  readonly from: "ssm" | "secretsmanager" | "env";
  readonly name: string;
  /** Of a secret of Secrets Manager that is a JSON object: which of its values. */
  readonly key?: string;
}

/** A secret could not be read. The text says which, why, and what to do next, and holds nothing of its value. */
export class SecretError extends Error {
  override readonly name = "SecretError";
}

export interface SecretSources {
  readonly clients: Pick<OwnClients, "ssm" | "secretsmanager">;
  /** For messages: names are looked for in this Region. */
  readonly region: string;
  /** Absent where the environment is not asked: deployed functions have no variables of one's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Reads each secret once; one that could not be read is asked for again the next time. */
export class SecretValues {
  readonly #sources: SecretSources;
  readonly #read = new Map<string, Promise<string>>();
  readonly #values = new Set<string>();

  constructor(sources: SecretSources) {
    this.#sources = sources;
  }

  /** @throws SecretError */
  async value(secret: SecretReference): Promise<string> {
    const name = `${secret.from}:${secret.name}${secret.key === undefined ? "" : `#${secret.key}`}`;
    const known = this.#read.get(name) ?? this.#ask(secret, name);
    this.#read.set(name, known);
    try {
      const value = await known;
      this.#values.add(value);
      return value;
    } catch (error) {
      this.#read.delete(name);
      throw error;
    }
  }

  /** The text without any value that was read: an answer may repeat what it was asked with. */
  scrubbed(text: string): string {
    return [...this.#values].reduce((left, value) => left.replaceAll(value, "(secret)"), text);
  }

  async #ask(secret: SecretReference, name: string): Promise<string> {
    const text = secret.from === "env" ? this.#fromEnvironment(secret, name) : await this.#fromAws(secret, name);
    const value = (secret.key === undefined ? text : oneOf(text, secret.key, name)).trim();
    if (value === "") throw new SecretError(`${name} is empty: put the secret there`);
    return value;
  }

  #fromEnvironment({ name: variable }: SecretReference, name: string): string {
    const { environment } = this.#sources;
    if (!environment) {
      throw new SecretError(`${name} is for the command line: deployed, a secret is "ssm:/NAME" or "secretsmanager:NAME"`);
    }
    const value = environment[variable];
    if (value === undefined) throw new SecretError(`${name}: the environment variable ${variable} is not set`);
    return value;
  }

  async #fromAws({ from, name: id }: SecretReference, name: string): Promise<string> {
    const { clients } = this.#sources;
    try {
      if (from === "ssm") {
        const [client, { GetParameterCommand }] = [await clients.ssm(), await import("@aws-sdk/client-ssm")];
        const { Parameter } = await client.send(new GetParameterCommand({ Name: id, WithDecryption: true }));
        return Parameter?.Value ?? "";
      }
      const [client, { GetSecretValueCommand }] = [await clients.secretsmanager(), await import("@aws-sdk/client-secrets-manager")];
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
      if (SecretString === undefined) throw new SecretError(`${name} is binary: keep a text there`);
      return SecretString;
    } catch (error) {
      if (error instanceof SecretError) throw error;
      // not its message and not it as the cause: what a service says of a secret is not known to be harmless
      throw new SecretError(`${name} could not be read (${codeOf(error)}): ${this.#advice(from, id, error)}`);
    }
  }

  #advice(from: "ssm" | "secretsmanager" | "env", id: string, error: unknown): string {
    const [code, { region }] = [codeOf(error), this.#sources];
    const [action, command] =
      from === "ssm"
        ? ["ssm:GetParameter", `aws ssm put-parameter --region ${region} --type SecureString --name '${id}' --value ...`]
        : ["secretsmanager:GetSecretValue", `aws secretsmanager create-secret --region ${region} --name '${id}' --secret-string ...`];
    if (isCredentialsError(error)) return "AWS did not accept the credentials: sign in again, or check --profile";
    if (/NotFound/.test(code)) return `there is none of this name in ${region}: ${command}`;
    if (/AccessDenied|UnrecognizedClient/.test(code)) {
      return `allow ${action} on it, and kms:Decrypt where it has a key of your own; a deployed stack allows what its settings name: deploy it again`;
    }
    if (/Decryption|KMS|InvalidKeyId/i.test(code))
      return "it cannot be decrypted: check that its key is enabled, and allow kms:Decrypt on it";
    return "the next scan tries again";
  }
}

function oneOf(text: string, key: string, name: string): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SecretError(`${name}: the secret is not JSON, and has no value ${key}: leave #${key} out to take the whole`);
  }
  const value = typeof json === "object" && json !== null && Object.hasOwn(json, key) ? (json as Record<string, unknown>)[key] : undefined;
  if (typeof value !== "string") throw new SecretError(`${name}: the secret has no text under the key ${key}`);
  return value;
}
