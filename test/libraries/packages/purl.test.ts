import { expect, test } from "vitest";
import { purlOf } from "../../../shared/libraries/packages/purl.ts";

test.each([
  ["npm", "lodash", "4.17.21", "pkg:npm/lodash@4.17.21"],
  ["npm", "@aws-sdk/client-s3", "3.1.0", "pkg:npm/%40aws-sdk/client-s3@3.1.0"],
  ["npm", "left-pad", null, "pkg:npm/left-pad"],
  ["Maven", "org.slf4j:slf4j-api", "2.0.9", "pkg:maven/org.slf4j/slf4j-api@2.0.9"],
  ["Maven", "slf4j-api", "2.0.9", "pkg:maven/slf4j-api@2.0.9"],
  ["Go", "github.com/BurntSushi/toml", "2.0.0+incompatible", "pkg:golang/github.com/burntsushi/toml@2.0.0%2Bincompatible"],
  ["PyPI", "torch", "2.1.0+cu118", "pkg:pypi/torch@2.1.0%2Bcu118"],
  ["RubyGems", "nokogiri", "1.16.0", "pkg:gem/nokogiri@1.16.0"],
  ["NuGet", "Newtonsoft.Json", "13.0.3", "pkg:nuget/Newtonsoft.Json@13.0.3"],
  ["npm", "a b(c)", "1:2@3/4", "pkg:npm/a%20b%28c%29@1:2%403%2F4"],
] as const)("the package URL of %s %s %s", (ecosystem, name, version, purl) => {
  expect(purlOf(ecosystem, name, version)).toBe(purl);
});
