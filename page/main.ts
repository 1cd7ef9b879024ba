/** The page comes alive: the first screen stands there already, the rest is unpacked and drawn as it is asked for. */
import { type Account, readAccount, withParts } from "./account.ts";
import { readAddress } from "./address.ts";
import { makeCopy } from "./copy.ts";
import { h } from "./dom.ts";
import { allNeeds, viewAt } from "./views.ts";
import { forPaper, forScreen } from "./virtual-table.ts";

const [first, view, places] = ["first", "view", "places"].map((id) => document.getElementById(id));
const name = document.title;

if (first && view && places) {
  for (const button of first.querySelectorAll<HTMLButtonElement>("button.copy")) {
    makeCopy(button, () => button.parentElement?.querySelector("code")?.textContent ?? "");
  }
  places.hidden = false;
  // the first screen is seen before megabytes are unpacked
  const unpacked = new Promise<Account>((resolve, reject) => setTimeout(() => readAccount().then(resolve, reject)));
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    // #main is no place of ours
    event.preventDefault();
    focusHead(first.hidden ? view : first);
  });
  const show = () => void showPlace(first, view, places, unpacked);
  addEventListener("hashchange", show);
  for (const [event, kind] of [
    ["beforeprint", forPaper],
    ["afterprint", forScreen],
  ] as const) {
    addEventListener(event, () => {
      for (const table of view.querySelectorAll(".scroller")) table.dispatchEvent(new Event(kind));
    });
  }
  show();
  unpacked.then(
    async (account) => {
      performance.mark("unpacked");
      document.documentElement.setAttribute("data-ready", "");
      await unpackRest(account);
    },
    (error: unknown) => fail(view, error),
  );
}

/** What the next click may ask for, a part at a time so that nobody waits for it. One that cannot be read is told by the view that asks for it. */
async function unpackRest(account: Account): Promise<void> {
  for (const part of allNeeds) {
    await new Promise((done) => setTimeout(done, 50));
    await withParts(account, [part]).catch(() => undefined);
  }
  performance.mark("all unpacked");
  document.documentElement.setAttribute("data-all", "");
}

let shown = false;

async function showPlace(first: HTMLElement, view: HTMLElement, places: HTMLElement, unpacked: Promise<Account>): Promise<void> {
  const address = readAddress(location.hash);
  const [place] = address.path;
  mark(places, place);
  const isFirst = place === undefined;
  first.hidden = !isFirst;
  view.hidden = isFirst;
  if (isFirst) document.title = name;
  if (!isFirst) {
    if (!shown) view.replaceChildren(h("p", {}, "Unpacking ..."));
    try {
      const content = h("div", {}, await viewAt(await unpacked, address));
      // somebody went on meanwhile
      if (readAddress(location.hash).path.join("/") !== address.path.join("/")) return;
      view.replaceChildren(...content.childNodes);
      document.title = `${headOf(view)?.textContent ?? address.path.join(" ")} - ${name}`;
      performance.mark("shown");
    } catch (error) {
      fail(view, error);
    }
  }
  // who listens hears where they are; on opening the file nothing is taken from them
  if (shown) focusHead(isFirst ? first : view);
  if (shown) scrollTo(0, 0);
  shown = true;
  document.documentElement.setAttribute("data-place", location.hash);
}

function headOf(place: HTMLElement): HTMLElement | null {
  return place.querySelector("h1");
}

function focusHead(place: HTMLElement): void {
  headOf(place)?.focus();
}

function mark(places: HTMLElement, place = ""): void {
  const here = { f: "functions", finding: "findings", reached: "exposure" }[place] ?? place;
  for (const link of places.querySelectorAll("a")) {
    if (link.getAttribute("href") !== `#/${here}`) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.setAttribute("aria-current", "page");
    // on a telephone not all of them are in sight
    places.scrollLeft = link.offsetLeft - places.offsetLeft - (places.clientWidth - link.offsetWidth) / 2;
  }
}

function fail(view: HTMLElement, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  view.replaceChildren(
    h("h1", { tabindex: -1 }, "This cannot be shown"),
    h("p", {}, `${why}. The file may be cut off: write it again with the report command.`),
  );
}
