/**
 * Versions of Go modules (go.dev/ref/mod#versions): semantic ones with a `v`. Pseudo-versions (`v0.0.0-20210101000000-abcdefabcdef`) are
 * made so that they fall into place; `+incompatible` is metadata. The standard library counts otherwise: `go1.21rc2` is 1.21.0-rc.2.
 */
import type { VersionOrder } from "./order.ts";
import { compareSemver, parseSemver, type SemverKey } from "./semver.ts";

export const goOrder: VersionOrder<SemverKey> = {
  parse: (version) =>
    parseSemver(
      version
        .trim()
        .replace(/^go(?=\d)/, "")
        .replace(/^(\d+(?:\.\d+){1,2})(rc|beta)(\d+)/, "$1-$2.$3"),
    ),
  compare: compareSemver,
};
