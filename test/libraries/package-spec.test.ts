import { describe, expect, test } from "vitest";
import { PackageSpecError, packageSpec } from "../../shared/libraries/package-spec.ts";
import type { Ecosystem } from "../../shared/model/packages.ts";

const isMeant = (spec: string, name: string, version: string | null, ecosystem: Ecosystem = "npm") =>
  packageSpec(spec)(ecosystem, name)?.(version) ?? false;

describe("a text that names packages", () => {
  test.each(["axios@<1.8.2", "axios <1.8.2", " axios  < 1.8.2 ", "axios@>=1.0.0,<1.8.2", "axios >=1.0.0 <1.8.2"])(
    "%s means the versions below, and one that is not known",
    (spec) => {
      expect([isMeant(spec, "axios", "1.7.9"), isMeant(spec, "axios", null)]).toEqual([true, true]);
      // by the order of versions, not of letters
      expect([isMeant(spec, "axios", "1.8.2"), isMeant(spec, "axios", "1.10.0"), isMeant(spec, "axios-retry", "1.0.0")]).toEqual([
        false,
        false,
        false,
      ]);
    },
  );

  test("a version of which its code tells a range is meant where it may be one of those", () => {
    const may = (spec: string, range: string) => packageSpec(spec)("npm", "axios")?.(null, range);
    expect([may("axios <1.8.2", ">=1.0.0 <1.9.0"), may("axios <1.8.2", "1.8.2 || >=2.0.0"), may("axios", ">=2.0.0")]).toEqual([
      true,
      false,
      true,
    ]);
    expect([may("axios@1.7.2", ">1.7.2"), may("axios@1.7.2", ">=1.7.2 <1.8.0"), may("axios >1.7.2", "<=1.7.2")]).toEqual([
      false,
      true,
      false,
    ]);
    // both bounds of one run
    expect(may("axios >=1.2.0,<1.4.0", "<1.2.0 || >=1.4.0")).toBe(false);
  });

  test("a scope is part of the name, with an @ or a blank before the bounds", () => {
    for (const spec of ["@scope/right@>9", "@scope/right >9"])
      expect([isMeant(spec, "@scope/right", "10.0.0"), isMeant(spec, "@scope/right", "9.0.0")]).toEqual([true, false]);
  });

  test("of Maven the artifact alone is enough, and a package URL says which ecosystem", () => {
    expect(isMeant("log4j-core <2.17.1", "org.apache.logging.log4j:log4j-core", "2.14.1", "Maven")).toBe(true);
    expect([isMeant("pkg:pypi/Requests@2.0", "requests", "2.0.0", "PyPI"), isMeant("pkg:pypi/requests@2.0", "requests", "2.0")]).toEqual([
      true,
      false,
    ]);
  });

  test.each(["axios <", "axios@latest", "pkg:npm/%zz"])("%s is told what would be one", (spec) => {
    expect(() => packageSpec(spec)).toThrow(PackageSpecError);
  });
});
