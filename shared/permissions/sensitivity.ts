/** How much it would matter if what a role reaches were read or changed: by what people say of it (tags), by its name, by its kind. Pure. */
import type { Resource } from "../model/graph.ts";

/** 0 to 1. */
export interface Sensitivity {
  readonly value: number;
  readonly why: string;
}

/** Kinds that hold secrets, and kinds that hold data. */
const secretKinds = new Set(["AWS::SecretsManager::Secret", "AWS::KMS::Key"]);
const dataKinds = new Set([
  "AWS::DynamoDB::Table",
  "AWS::S3::Bucket",
  "AWS::SQS::Queue",
  "AWS::SSM::Parameter",
  "AWS::Kinesis::Stream",
  "AWS::Cognito::UserPool",
  "AWS::Logs::LogGroup",
]);

/** Keys of tags by which people classify data, and values that say that it is not for everybody. */
const classifying = /^(.*[:_-])?(data[_-]?)?(classification|sensitivity|confidentiality|class)$|^(pii|phi|pci|gdpr|hipaa)$/i;
const restricted =
  /^(confidential|restricted|secret|sensitive|highly[ _-].*|internal[ _-]?only|pii|phi|pci|personal|private|high|critical|yes|true)$/i;
const open = /^(public|open|non[ _-]?sensitive|low|none|no|false|unrestricted)$/i;

/**
 * @param reached what the role's grants reach of what is known
 * @param words parts of names that speak of sensitive data: `customer`, `payment`; lower case
 * @param everything the role reaches whatever there is, also what is not in the inventory
 */
export function sensitivityOf(reached: readonly Resource[], words: readonly string[], everything: boolean): Sensitivity {
  let best: Sensitivity = everything
    ? { value: 0.7, why: "it reaches whatever there is" }
    : { value: 0.4, why: "nothing that holds data is known to be in reach" };
  for (const resource of reached) {
    const one = sensitivityOfOne(resource, words);
    if (one.value > best.value) best = one;
  }
  return best;
}

function sensitivityOfOne({ name, type, tags = {} }: Resource, words: readonly string[]): Sensitivity {
  const said = Object.entries(tags).find(([key, value]) => classifying.test(key) && (restricted.test(value) || open.test(value)));
  if (said && restricted.test(said[1])) return { value: 1, why: `${name} is tagged ${said[0]} = ${said[1]}` };
  if (said) return { value: 0.3, why: `${name} is tagged ${said[0]} = ${said[1]}` };
  if (secretKinds.has(type)) return { value: 0.95, why: `${name} holds a secret` };
  if (!dataKinds.has(type)) return { value: 0.4, why: `${name} holds no data` };
  const word = words.find((one) => name.toLowerCase().includes(one));
  return word ? { value: 0.9, why: `the name ${name} speaks of ${word}` } : { value: 0.7, why: `${name} holds data` };
}
