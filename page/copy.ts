/** Commands to copy. */
import { hasUnsafeCharacters } from "../shared/model/plain-text.ts";
import { h, say } from "./dom.ts";

const saidForMs = 1500;

/** Puts the text where the person can paste it; false where the browser does not let it. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** The way of browsers that give a file from disk no clipboard. */
function copiedBySelection(text: string): boolean {
  const area = h("textarea", { class: "hidden", readonly: true, "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/** A command, whole, with a button; one with characters that cannot be seen is not offered. */
export function commandBlock(command: string): HTMLElement {
  if (hasUnsafeCharacters(command)) {
    return h("p", { class: "note" }, "The name holds characters that cannot be seen: type the command by hand.");
  }
  const button = h("button", { type: "button", class: "copy" }, "Copy");
  const block = h("div", { class: "command" }, h("code", {}, command), button);
  makeCopy(button, () => command);
  return block;
}

/** Makes a button copy. */
export function makeCopy(button: HTMLButtonElement, text: () => string): void {
  button.hidden = false;
  const name = button.textContent ?? "Copy";
  button.setAttribute("aria-label", `Copy the command: ${text().slice(0, 80)}`);
  button.addEventListener("click", async () => {
    const done = await copied(text());
    say(done ? "The command is copied" : "The command could not be copied: select it by hand");
    button.textContent = done ? "Copied" : "Select it";
    setTimeout(() => {
      button.textContent = name;
    }, saidForMs);
  });
}
