/** What is said by the forms in which code says names. */
import type { ImportDeclaration, MemberExpression } from "acorn";
import { GivenNames, type Place, type WholeUse } from "./given-names.ts";
import { type Node, writtenKey } from "./nodes.ts";
import { nameOfPart } from "./running-forms.ts";
import { type Imported, objectsNamed } from "./running-objects.ts";
import { anyOf, beginningOf, handedOn, isLoading, loadsIn } from "./running-wholes.ts";
import type { SaidNames } from "./said-names.ts";
import type { Value } from "./values.ts";

/** A letter begins half of all names. */
const shortestBeginning = 2;

export class Saying {
  readonly names: SaidNames;
  readonly given = new GivenNames();
  wholeUses: WholeUse[] = [];
  /** Files, and modules inside of them, that are used as a whole. */
  readonly wholeModules = new Set<Value>();
  readonly #imported: Imported;
  /** Calls that load a module of which the members have names. */
  readonly #named = new Set<Node>();

  constructor(names: SaidNames, imported: Imported) {
    this.names = names;
    this.#imported = imported;
  }

  /** Something says a name of a member: then what is given under it may be used as a whole, too. */
  say(key: string): void {
    this.names.sayMember(key);
    this.names.sayMember(`.${key}`);
  }

  /** `a.key` says `key` of all that may be `a`. @returns undefined: the key is told when the code runs */
  protected sayMember(
    { object, property, computed }: Pick<MemberExpression, "object" | "property" | "computed">,
    place: Place,
  ): string | undefined {
    const key = writtenKey(property, computed);
    if (key === undefined) {
      this.wholeUses.push(anyOf(object, place.scope));
      const beginning = beginningOf(property);
      if (beginning.length >= shortestBeginning) this.names.sayBeginning(beginning);
      return undefined;
    }
    this.say(key);
    this.loads(object);
    if (object.type === "Identifier") for (const one of objectsNamed(object.name, place, this.#imported)) this.names.sayOn(one, key);
    if (object.type === "ThisExpression") this.names.sayMember(`this.${key}`);
    if (object.type === "ThisExpression" && place.self) this.names.sayOn(place.self, key);
    return key;
  }

  /** What this loads is not used as a whole by that. */
  protected loads(node: Node): void {
    for (const one of loadsIn(node)) this.#named.add(one);
  }

  /** Where a module is loaded, or handed on as a whole. */
  protected sayLoad(node: Node, { givers, scope }: Place): void {
    const from = handedOn(node, givers);
    if (from) this.given.noteHandedOn({ node: from, scope });
    if (from) this.#named.add(from);
    else if (isLoading(node) && !this.#named.has(node)) this.wholeUses.push(anyOf(node, scope));
  }

  /** What is imported is said where its name in the file is. */
  protected sayImports({ specifiers }: ImportDeclaration, { module }: Place): void {
    for (const one of specifiers) {
      const name =
        one.type === "ImportSpecifier" ? nameOfPart(one.imported) : one.type === "ImportDefaultSpecifier" ? "default" : undefined;
      if (name !== undefined) this.names.whenName(one.local.name, module, () => this.names.sayMember(name));
    }
  }
}
