/** Packages that matter because of what they load. Pure. */

/** Those that are chosen, and those that load them, through however many others. @param namesIn what a package loads, by name */
export function withLoaders<P extends { readonly name: string }>(
  packages: readonly P[],
  isChosen: (one: P) => boolean,
  namesIn: (one: P) => Iterable<string>,
): readonly P[] {
  const loading = new Map<string, P[]>();
  for (const one of packages) {
    for (const name of new Set(namesIn(one))) {
      const known = loading.get(name);
      if (known) known.push(one);
      else loading.set(name, [one]);
    }
  }
  const chosen = new Set(packages.filter(isChosen));
  // a set goes on to what is added to it meanwhile
  for (const { name } of chosen) for (const one of loading.get(name) ?? []) chosen.add(one);
  return [...chosen];
}
