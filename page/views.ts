/** Which view stands at which address. */
import { type Account, type AskedPart, withParts } from "./account.ts";
import type { Address } from "./address.ts";
import { type Child, h } from "./dom.ts";
import { link, title } from "./parts.ts";
import { changesView } from "./views/changes.ts";
import { coverageView } from "./views/coverage.ts";
import { exposureView, reachedView } from "./views/exposure.ts";
import { findingView } from "./views/finding.ts";
import { findingsView } from "./views/findings.ts";
import { functionView } from "./views/function.ts";
import { functionsView } from "./views/functions.ts";
import { librariesView } from "./views/libraries.ts";
import { ownersView } from "./views/owners.ts";
import { pruneView } from "./views/prune.ts";
import { rolesView } from "./views/roles.ts";

interface View {
  /** Beyond functions and findings. */
  readonly needs?: readonly AskedPart[];
  readonly draw: (account: Account, address: Address) => Child;
}

const views: Readonly<Record<string, View>> = {
  functions: { needs: ["days"], draw: (account, { query }) => functionsView(account, query) },
  f: {
    needs: ["days", "triggers", "evidence", "roles", "ways"],
    draw: (account, { path }) => functionView(account, path[1] ?? "", path.slice(2).join("/")),
  },
  findings: { draw: (account, { query }) => findingsView(account, query) },
  finding: { needs: ["evidence"], draw: (account, { path }) => findingView(account, path[1] ?? "") },
  exposure: { needs: ["ways"], draw: (account, { query }) => exposureView(account, query) },
  reached: { needs: ["ways"], draw: (account, { path }) => reachedView(account, path.slice(1).join("/")) },
  roles: { needs: ["roles"], draw: (account, { query }) => rolesView(account, query) },
  libraries: { needs: ["packages"], draw: librariesView },
  prune: { needs: ["prune"], draw: (account, { query }) => pruneView(account, query) },
  owners: { draw: (account, { query }) => ownersView(account, query) },
  coverage: { draw: coverageView },
  changes: { draw: changesView },
};

/** All that any view asks for. */
export const allNeeds: readonly AskedPart[] = [...new Set(Object.values(views).flatMap(({ needs = [] }) => needs))];

/** What stands at the address, once its data are unpacked; of one that there is not, where one can go. */
export async function viewAt(account: Account, address: Address): Promise<Child> {
  const [place = ""] = address.path;
  const view = Object.hasOwn(views, place) ? views[place] : undefined;
  return view
    ? view.draw(await withParts(account, view.needs ?? []), address)
    : [title("Nothing is here"), h("p", {}, `There is no view ${place}. `, link("#/", "To the overview"))];
}
