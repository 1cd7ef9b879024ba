/** Which view stands at which address. */
import type { Account } from "./account.ts";
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

const views: Readonly<Record<string, (account: Account, address: Address) => Child>> = {
  functions: (account, { query }) => functionsView(account, query),
  f: (account, { path }) => functionView(account, path[1] ?? "", path.slice(2).join("/")),
  findings: (account, { query }) => findingsView(account, query),
  finding: (account, { path }) => findingView(account, path[1] ?? ""),
  exposure: (account, { query }) => exposureView(account, query),
  reached: (account, { path }) => reachedView(account, path.slice(1).join("/")),
  roles: (account, { query }) => rolesView(account, query),
  libraries: (account, { query }) => librariesView(account, query),
  prune: (account, { query }) => pruneView(account, query),
  owners: (account, { query }) => ownersView(account, query),
  coverage: (account) => coverageView(account),
  changes: (account) => changesView(account),
};

/** What stands at the address; of one that there is not, where one can go. */
export function viewAt(account: Account, address: Address): Child {
  const [place = ""] = address.path;
  const view = Object.hasOwn(views, place) ? views[place] : undefined;
  return view
    ? view(account, address)
    : [title("Nothing is here"), h("p", {}, `There is no view ${place}. `, link("#/", "To the overview"))];
}
