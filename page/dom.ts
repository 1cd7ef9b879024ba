/** Elements. Text goes in as text, never as markup: names come from AWS. */
import { cleanText, hasUnsafeCharacters } from "../shared/model/plain-text.ts";

export type Child = Node | string | number | undefined | readonly Child[];
export type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

const svgSpace = "http://www.w3.org/2000/svg";

/** An HTML element; functions among the attributes are listeners, `true` is an attribute without value. */
export function h<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: readonly Child[]) {
  const element = document.createElement(name);
  dress(element, attributes);
  append(element, children);
  return element;
}

/** The same for SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: readonly Child[]) {
  const element = document.createElementNS(svgSpace, name) as SVGElementTagNameMap[K];
  dress(element, attributes);
  append(element, children);
  return element;
}

/** Text as a person may see it: without what moves other characters about. */
export function shown(text: string): string {
  return hasUnsafeCharacters(text) ? cleanText(text, 5000) : text;
}

function dress(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, shown(String(value)));
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (child instanceof Node) element.append(child);
    else if (typeof child === "object") append(element, child);
    else element.append(shown(String(child)));
  }
}

/** Says it to who listens instead of looking. */
export function say(text: string): void {
  const status = document.getElementById("said");
  if (status) status.textContent = text;
}
