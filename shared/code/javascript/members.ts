/** What `object.key` is. */
import { namesFor } from "./aliases.ts";
import { listed, memberOfBundled } from "./bundled-modules.ts";
import type { Evaluation } from "./evaluation.ts";
import { memberOfPackage } from "./libraries.ts";
import { memberOfV2Class } from "./names-of-v2.ts";
import { isClass, isFunction, type Node } from "./nodes.ts";
import type { Member } from "./program.ts";
import { lookUp, type Module } from "./scopes.ts";
import { isOfSdk, type Value, type Values } from "./values.ts";

/** How many assignments to members of one name are looked at: `exports.default = ` stands in a bundle a thousand times. */
const maximumCandidates = 60;

/** How many classes above one are looked at. */
const maximumParents = 9;

/** Stands for whatever has a member of a name. */
const anywhere: Node = { type: "EmptyStatement", start: 0, end: 0 };

export function membersOf(evaluation: Evaluation, values: Values, key: string): Values {
  const found = values.flatMap((value) => memberOf(evaluation, value, key));
  const open = values.every(({ kind }) => kind === "module" || kind === "bundled" || kind === "object" || kind === "function");
  return found.length > 0 || !open ? found : byName(evaluation, key);
}

function memberOf(evaluation: Evaluation, value: Value, key: string): Values {
  switch (value.kind) {
    case "package": {
      const member = memberOfPackage(value.name, key);
      return member ? [member] : [];
    }
    case "clientClass": {
      const member = value.api === "v2" ? memberOfV2Class(value.client, key) : undefined;
      return member ? [member] : key === "default" ? [value] : [];
    }
    case "client":
      if (value.api === "plain") return [];
      return [{ kind: "method", client: value.client, api: value.api, name: key, ...(value.guess && { guess: true }) }];
    case "asking": {
      const method = Object.hasOwn(value.methods, key) ? value.methods[key] : undefined;
      return method ? [method] : [];
    }
    case "module":
      return exported(evaluation, value.module, key);
    case "bundled":
      return memberOfBundled(evaluation, value, key);
    case "object":
      return evaluation.memberOnce(value.node, key, () => ofObject(evaluation, value, key));
    case "class":
    case "instance":
      return evaluation.memberOnce(value.node, key, () => {
        const found = ofClass(evaluation, value, key, 0);
        return found.length > 0 ? found : ofExtending(evaluation, value, key, 0);
      });
    default:
      return key === "default" ? [value] : [];
  }
}

/** What a file gives under a name. */
function exported(evaluation: Evaluation, module: Module, key: string, depth = 0): Values {
  if (depth > 8) return [];
  const named = (module.exported.get(key) ?? []).flatMap(({ node, scope }) => evaluation.of(node, scope));
  const whole = module.whole.flatMap(({ node, scope }) => evaluation.of(node, scope));
  const passed = module.passedOn.flatMap(({ name, source, from }) => {
    if (name !== key && name !== "*") return [];
    return evaluation.load(source, module).flatMap((loaded) => {
      const of = name === "*" ? key : from;
      if (of === "*") return [loaded];
      return loaded.kind === "module" ? exported(evaluation, loaded.module, of, depth + 1) : evaluation.member([loaded], of);
    });
  });
  const fromWhole = whole.flatMap((value) => (value.kind === "module" ? [] : memberOf(evaluation, value, key)));
  const assigned = (evaluation.program.members.get(key) ?? []).filter(
    ({ how, object, scope }) => how === "assigned" && scope.module === module && isExports(object),
  );
  const all = [
    ...named,
    ...passed,
    ...fromWhole,
    ...assigned.slice(0, maximumCandidates).flatMap((member) => valuesOf(evaluation, member)),
  ];
  // `import x from` a file of the older kind
  return all.length === 0 && key === "default" ? (whole.length > 0 ? whole : [{ kind: "module", module }]) : all;
}

function isExports(node: Node): boolean {
  if (node.type === "Identifier") return node.name === "exports";
  return (
    node.type === "MemberExpression" &&
    node.object.type === "Identifier" &&
    node.object.name === "module" &&
    node.property.type === "Identifier" &&
    node.property.name === "exports"
  );
}

function valuesOf(evaluation: Evaluation, { value, scope, getter }: Member): Values {
  const values = evaluation.of(value, scope);
  return getter ? values.flatMap((one) => (one.kind === "function" ? evaluation.returned(one) : [])) : values;
}

function ofObject(evaluation: Evaluation, { node, scope }: Extract<Value, { kind: "object" }>, key: string): Values {
  const members = evaluation.program.members.get(key) ?? [];
  const written = members.filter((member) => member.object === node);
  const assigned = members
    .filter(({ how }) => how === "assigned")
    .slice(0, maximumCandidates)
    .filter((member) => evaluation.of(member.object, member.scope).some((value) => value.kind === "object" && value.node === node));
  const found = [...written, ...assigned].flatMap((member) => valuesOf(evaluation, member));
  if (found.length > 0) return found;
  if (node.type === "ArrayExpression") {
    const element = node.elements[Number(key)];
    return element ? evaluation.of(element, scope) : [];
  }
  if (node.type !== "ObjectExpression") return found;
  return node.properties.flatMap((property) =>
    property.type === "SpreadElement" ? evaluation.member(evaluation.of(property.argument, scope), key) : [],
  );
}

function ofClass(evaluation: Evaluation, value: Extract<Value, { kind: "class" | "instance" }>, key: string, depth: number): Values {
  const members = (evaluation.program.members.get(key) ?? []).filter(
    ({ object, scope, how }) =>
      object === value.node || (how === "assigned" && object.type === "ThisExpression" && scope.cls === value.node),
  );
  const found = members.slice(0, maximumCandidates).flatMap((member) => valuesOf(evaluation, member));
  if (found.length > 0) return found;
  const outside = assignedByName(evaluation, value, key);
  if (outside.length > 0 || members.length > 0) return outside;
  const parent = value.node.superClass;
  if (!parent || depth >= maximumParents) return [];
  return evaluation.of(parent, value.scope).flatMap((over) => {
    if (over.kind === "class") return ofClass(evaluation, { ...over, kind: value.kind }, key, depth + 1);
    if (over.kind === "clientClass") return evaluation.member([{ kind: "client", client: over.client, api: over.api }], key);
    return [];
  });
}

/** What a class leaves to those that extend it: `abstract client(): Client`. */
function ofExtending(
  evaluation: Evaluation,
  { node, kind, scope }: Extract<Value, { kind: "class" | "instance" }>,
  key: string,
  depth: number,
): Values {
  const { program } = evaluation;
  const name = node.id?.name ?? program.classNames.get(node);
  if (name === undefined || depth > 4) return [];
  return namesFor(program, name, lookUp(scope, name))
    .flatMap((one) => program.extending.get(one.name) ?? [])
    .slice(0, maximumCandidates)
    .filter((one) => {
      const over = one.node.superClass;
      return over && evaluation.of(over, one.scope).some((value) => value.kind === "class" && value.node === node);
    })
    .flatMap((one) => {
      const found = ofClass(evaluation, { kind, ...one }, key, maximumParents);
      return found.length > 0 ? found : ofExtending(evaluation, { kind, ...one }, key, depth + 1);
    });
}

/** `Clients.s3 = new S3Client()`, also inside of the class itself. */
function assignedByName(evaluation: Evaluation, { node }: Extract<Value, { kind: "class" | "instance" }>, key: string): Values {
  return (evaluation.program.members.get(key) ?? [])
    .filter(({ how, object }) => how === "assigned" && object.type === "Identifier")
    .slice(0, maximumCandidates)
    .filter(({ object, scope }) => evaluation.of(object, scope).some((one) => one.kind === "class" && one.node === node))
    .flatMap((member) => valuesOf(evaluation, member));
}

/**
 * What members of this name are anywhere in the program, where that has to do with AWS: `exports.GetItemCommand = ` in the module of a
 * bundle that `x` is, however the bundler links them.
 */
function byName(evaluation: Evaluation, key: string): Values {
  return evaluation.memberOnce(anywhere, key, () => {
    // a method of another class is none of this value
    const isMethod = ({ object, value, getter }: Member) => isClass(object) && isFunction(value) && !getter;
    const members = (evaluation.program.members.get(key) ?? []).filter((member) => !isMethod(member)).slice(0, maximumCandidates);
    const found = members.flatMap((member) => listed(evaluation, member));
    return found
      .filter((value) => isOfSdk(value) || isLibraryClass(evaluation, value))
      .map((value) => (value.kind === "client" ? { ...value, guess: true } : value));
  });
}

/** A class with methods that are known to be of the SDK: `DynamoDBDocument`, the clients of older generations. */
function isLibraryClass({ program }: Evaluation, value: Value): boolean {
  return (
    (value.kind === "class" || value.kind === "instance") &&
    value.node.body.body.some((member) => member.type === "MethodDefinition" && program.libraryBodies.has(member.value))
  );
}
