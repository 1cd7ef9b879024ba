import { environmentText, literalsOf } from "./texts.ts";
import { elements, join, list, partOf, text, unknown, type Value, type Values } from "./values.ts";

/** `x[i]` */
export function subscripted(of: Values, index: Values): Values {
  return join(...of.map((value) => one(value, index)));
}

/** `x[i:j]`: some of a list, and nobody knows which. */
export function sliced(of: Values): Values {
  return join(
    ...of.map((value): Values => {
      if (value.kind === "list") return [list([], elements([value]))];
      return value.kind === "collection" || value.kind === "answer" ? [value] : [unknown];
    }),
  );
}

function one(value: Value, index: Values): Values {
  const { texts, whole } = literalsOf(index);
  switch (value.kind) {
    case "external":
      return value.path === "os.environ" ? environmentText(index, []) : [unknown];
    case "dict": {
      const found = texts.map((name) => value.entries.get(name) ?? (value.rest.length > 0 ? value.rest : [unknown]));
      return whole ? join(...found) : join(...value.entries.values(), value.rest, ...found);
    }
    case "list": {
      const found = texts.map((position) => value.items.at(Number(position)) ?? value.rest);
      return whole ? join(...found) : elements([value]);
    }
    case "answer":
      return [named(value, texts)];
    case "collection":
      return [value.item];
    default:
      return [partOf(value)];
  }
}

/** Members of answers that are an address or ARN of what was asked for by its name; the name is what is known of it. */
const members: Readonly<Record<string, string>> = { GetQueueUrl: "QueueUrl", CreateQueue: "QueueUrl", CreateTopic: "TopicArn" };

function named(answer: Extract<Value, { kind: "answer" }>, texts: readonly string[]): Value {
  const { operation, name } = answer;
  if (!name || texts.length !== 1 || texts[0] !== members[operation]) return answer;
  return text(name);
}
