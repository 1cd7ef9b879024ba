/** NuGet (learn.microsoft.com/nuget/concepts/package-versioning): semantic versions with up to four numbers; labels in either case. */
import type { VersionOrder } from "./order.ts";
import { compareSemver, parseSemver, type SemverKey } from "./semver.ts";

const shape = /^[\sv]*(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(.*)$/is;

export const nugetOrder: VersionOrder<SemverKey> = {
  parse: (version) => parseSemver(version.toLowerCase(), shape),
  compare: compareSemver,
};
