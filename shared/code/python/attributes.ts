/** `object.name` for everything that an object may be. */
import { attributeOfClass, attributeOfInstance } from "./classes.ts";
import { operationOf } from "./clients.ts";
import type { Interpreter } from "./interpreter.ts";
import { attributeOfResource, clientOf, isMethod, mentionAction } from "./resources.ts";
import type { SyntaxNode } from "./syntax.ts";
import { external, join, partOf, unknown, type Value, type Values } from "./values.ts";

export function attributeOf(of: Values, name: string, at: SyntaxNode, calling: boolean, interpreter: Interpreter): Values {
  return join(...of.map((value) => one(value, name, at, calling, interpreter)));
}

function one(value: Value, name: string, at: SyntaxNode, calling: boolean, interpreter: Interpreter): Values {
  switch (value.kind) {
    case "external":
      return value.path.startsWith("builtins.") ? stranger(value, name, at, calling) : [external(`${value.path}.${name}`)];
    case "module":
      return interpreter.namesOf([value]).get(name) ?? interpreter.submodule(value.path, name);
    case "class":
      return attributeOfClass(value, name, interpreter);
    case "instance": {
      const found = attributeOfInstance(value, name, interpreter);
      return found.length > 0 ? found : stranger(unknown, name, at, calling);
    }
    case "function": {
      const found = interpreter.fields(value).get(name);
      return found ?? (name === "__wrapped__" ? [value] : stranger(unknown, name, at, calling));
    }
    case "client":
      if (name === "meta") return [{ kind: "bound", key: `${value.key}.meta`, of: value, name, at: at.place }];
      return clientMethod(value, name, at, calling, interpreter);
    case "bound":
      if (value.name === "meta" && name === "client") return [value.of.kind === "resource" ? clientOf(value.of) : value.of];
      return stranger(unknown, name, at, calling);
    case "resource":
      if (name === "meta" || calling || isMethod(value, name)) return resourceMember(value, name, at, calling, interpreter);
      return attributeOfResource(value, name, at, interpreter);
    case "session":
    case "collection":
    case "paginator":
    case "waiter":
    case "made":
      return [bound(value, name, at)];
    case "text":
    case "dict":
    case "list":
      return calling ? [bound(value, name, at)] : [unknown];
    case "credentials":
      interpreter.recorder.take(value.at, at.at);
      return calling ? [bound(value, name, at)] : [value];
    case "answer":
      return calling ? [bound(value, name, at)] : [value];
    default:
      return stranger(value, name, at, calling);
  }
}

/** Methods matter even of what is not known: some are told by their names. */
function stranger(value: Value, name: string, at: SyntaxNode, calling: boolean): Values {
  return calling ? [bound(value, name, at)] : [partOf(value)];
}

function clientMethod(
  value: Extract<Value, { kind: "client" }>,
  name: string,
  at: SyntaxNode,
  calling: boolean,
  interpreter: Interpreter,
): Values {
  const operation = operationOf(value.service, name);
  if (!calling && operation !== undefined) interpreter.recorder.mention(at.place, value, operation, at.at);
  return [bound(value, name, at)];
}

function resourceMember(
  value: Extract<Value, { kind: "resource" }>,
  name: string,
  at: SyntaxNode,
  calling: boolean,
  interpreter: Interpreter,
): Values {
  const method = bound(value, name, at);
  if (!calling && name !== "meta") mentionAction(value, name, at, interpreter);
  return [method];
}

function bound(of: Value, name: string, at: SyntaxNode): Value {
  const place = at.place;
  return { kind: "bound", key: `${of.key}.${name}@${place}`, of, name, at: place };
}
