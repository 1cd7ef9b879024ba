/** Classes of the program: what an attribute of an object or class is, and what making an object does. */
import { isHarmless } from "../../data/python-libraries.ts";
import { decoratorsOf } from "./decorators.ts";
import { boundTo, isProperty } from "./functions.ts";
import type { Interpreter } from "./interpreter.ts";
import { isLibraryClass, isLibraryMethod } from "./libraries.ts";
import { assignLate } from "./scope.ts";
import { settingOf } from "./settings.ts";
import type { SyntaxNode } from "./syntax.ts";
import {
  type Arguments,
  type ClassValue,
  external,
  join,
  keyOfArguments,
  list,
  noArguments,
  unknown,
  type Value,
  type Values,
} from "./values.ts";

type Instance = Extract<Value, { kind: "instance" }>;
const mostBases = 20;

/** The class itself and those it is made from, nearest first; bases of packages are left out, `foreign` has their names. */
export function lineage(of: ClassValue, interpreter: Interpreter): { classes: ClassValue[]; foreign: string[] } {
  const classes: ClassValue[] = [of];
  const foreign: string[] = [];
  for (let i = 0; i < classes.length && classes.length < mostBases; i++) {
    for (const base of interpreter.classOf(classes[i]?.key ?? "")?.bases ?? []) {
      if (base.kind === "class" && !classes.some(({ key }) => key === base.key)) classes.push(base);
      if (base.kind === "external") foreign.push(base.path);
    }
  }
  return { classes, foreign };
}

/** `object.name`; nothing where no class of ours has it. */
export function attributeOfInstance(instance: Instance, name: string, interpreter: Interpreter): Values {
  const own = interpreter.fields(instance).get(name) ?? [];
  const above = lineage(instance.of, interpreter);
  const setting = settingOf(
    above,
    () => fieldsOf(instance.of, interpreter),
    name,
    interpreter.classOf(instance.of.key)?.scope,
    interpreter,
  );
  if (setting.length > 0) return own.length > 0 ? own : setting;
  const found = attributeOfClass(instance.of, name, interpreter, instance.whole ?? instance);
  // what a class only declares, or a base of a package may have, is what the object was given
  const given = own.length > 0 && (found.every(({ kind }) => kind === "external") || declares(instance.of, name, interpreter));
  if (given) return own;
  return join(
    own,
    ...found.map((value) => (value.kind === "function" && isProperty(value) ? interpreter.invoke(value, noArguments) : [value])),
  );
}

/** `Class.name`, bound to `self` where it is looked up by way of an object. */
export function attributeOfClass(of: ClassValue, name: string, interpreter: Interpreter, self?: Value): Values {
  const { classes, foreign } = lineage(of, interpreter);
  for (const one of classes) {
    const scope = interpreter.classOf(one.key)?.scope;
    const found = join(scope?.names.get(name) ?? [], scope?.late.get(name) ?? []);
    if (found.length > 0)
      return found.map((value) => (value.kind === "function" && !value.self ? boundTo(value, self, self ?? of) : value));
  }
  return foreign.map((path): Value => {
    if (!isLibraryMethod(path, name)) return external(`${path}.${name}`);
    return {
      kind: "bound",
      key: `${of.key}.${name} of ${path}`,
      of: modelOf(self?.kind === "instance" ? self.of : of, path, interpreter),
      name,
      at: "",
    };
  });
}

/** A model of a table, as the package sees it that it has its methods from: which table, its inner class says. */
function modelOf(of: ClassValue, path: string, interpreter: Interpreter): Value {
  const meta = attributeOfClass(of, "Meta", interpreter).filter((value) => value.kind === "class");
  const named = new Map([["table_name", join(...meta.map((one) => attributeOfClass(one, "table_name", interpreter)))]]);
  return { kind: "made", key: `model ${of.key}`, path, given: { ...noArguments, named }, model: of };
}

/** What a method of a model answers: those that read answer objects of it. */
export function answersOf(model: ClassValue | undefined, method: string): Values {
  if (!model || !/^(get|query|scan|batch_get)$/.test(method)) return [unknown];
  const one: Value = { kind: "instance", key: `object of ${model.key} out of its table`, of: model };
  return [one, list([], [one])];
}

/** `Class(...)`: objects made with the same values are one. */
export function instantiate(of: ClassValue, given: Arguments, interpreter: Interpreter): Values {
  const instance: Instance = { kind: "instance", key: `object of ${of.key}(${keyOfArguments(given)})`, of };
  const made = attributeOfClass(of, "__init__", interpreter, instance).filter((value) => value.kind === "function");
  for (const init of made) interpreter.invoke(init, given);
  if (made.length === 0) fillFields(instance, given, interpreter);
  return [instance];
}

/** Classes without `__init__` whose fields are declared: dataclasses, models, named tuples. */
function fillFields(instance: Instance, given: Arguments, interpreter: Interpreter): void {
  const declared = fieldsOf(instance.of, interpreter).map((assignment) => assignment.child("left")?.text ?? "");
  const fields = interpreter.fields(instance);
  for (const [i, name] of declared.entries()) {
    const value = given.named.get(name) ?? given.positional[i];
    if (value && assignLate(name, value, fields)) interpreter.changed();
  }
}

/** Fields with a type, those of bases first. */
function fieldsOf(of: ClassValue, interpreter: Interpreter): SyntaxNode[] {
  return lineage(of, interpreter)
    .classes.toReversed()
    .flatMap(({ node }) => node.child("body")?.children ?? [])
    .flatMap(({ children }) => children.filter((one) => one.type === "assignment" && one.child("type")));
}

/** `name: Type` without a value. */
function declares(of: ClassValue, name: string, interpreter: Interpreter): boolean {
  return fieldsOf(of, interpreter).some((field) => field.child("left")?.text === name && !field.child("right"));
}

/** `super()` in a method: the same object, seen as one of the class's bases. */
export function superOf(self: Value | undefined, inClass: ClassValue | undefined, interpreter: Interpreter): Values {
  if (!inClass || !self) return [unknown];
  const bases = interpreter.classOf(inClass.key)?.bases.filter((base) => base.kind === "class" || base.kind === "external") ?? [];
  if (self.kind === "class") return bases;
  if (self.kind !== "instance") return [unknown];
  const whole = self.whole?.kind === "instance" ? self.whole : self;
  return bases.map((of) => {
    if (of.kind === "class") return { ...self, of, whole };
    return isLibraryClass(of.path) ? modelOf(whole.of, of.path, interpreter) : of;
  });
}

/** Bases that call nothing of what is made from them. */
const quiet = /^(builtins|abc|typing|typing_extensions|enum)\./;

/** Frameworks call the methods of their subclasses, whatever they are called; models of tables wait to be asked. */
export function isCalledByOthers(of: ClassValue, interpreter: Interpreter): boolean {
  const { classes, foreign } = lineage(of, interpreter);
  if (foreign.some((base) => !quiet.test(base) && !isLibraryClass(base)) || decoratorsOf(of.node).length > 0) return true;
  // a base that somebody's function makes
  return classes.some(({ key }) => interpreter.classOf(key)?.bases.some((base) => base.kind === "unknown" && !isHarmless(base.from ?? "")));
}
