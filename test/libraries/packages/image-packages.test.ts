// What an image holds: the union of its layers, less what the higher ones take away, write anew or put a link in place of.
import { describe, expect, it, test } from "vitest";
import { inspectLayer } from "../../../shared/artifacts/inspect-layer.ts";
import { tarEntries } from "../../../shared/artifacts/tar-entries.ts";
import { packagesOfImage } from "../../../shared/libraries/packages/image-packages.ts";
import { layerInspector } from "../../../shared/libraries/packages/layer-contents.ts";
import type { PackageList } from "../../../shared/model/packages.ts";
import { aTar, type TarFile } from "../../artifacts/a-layer.ts";

type Layer = readonly TarFile[];

/** The lowest layer first. */
async function imageOf(...layers: readonly Layer[]): Promise<PackageList> {
  const known = [];
  for (const [i, files] of layers.entries()) {
    const tar = (async function* () {
      yield aTar(files);
    })();
    known.push({ digest: `sha256:${i}`, contents: await inspectLayer(tarEntries(tar), layerInspector()) });
  }
  return packagesOfImage(known);
}

const npm = (name: string, version: string, folder = "var/task"): TarFile => ({
  name: `${folder}/node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version }),
});
const dist = (name: string, version: string, folder = "var/lang/lib/python3.12/site-packages"): TarFile => ({
  name: `${folder}/${name}-${version}.dist-info/METADATA`,
  content: `Name: ${name}\nVersion: ${version}\n`,
});
const told = ({ packages }: PackageList) =>
  packages.map(({ name, version, evidence: { layer } }) => `${name}@${version} ${layer?.slice(7)}`);

describe("an image", () => {
  it("has the packages of all its layers, each with the layer that it is in; what is in two of them is named for the higher one", async () => {
    const list = await imageOf([npm("left", "1.0.0", "opt")], [npm("right", "2.0.0")], [npm("left", "1.0.0")]);
    expect(told(list)).toEqual(["left@1.0.0 2", "right@2.0.0 1"]);
    expect(list.coverage.status).toBe("complete");
  });

  test.each<[string, Layer, readonly string[]]>([
    ["a file that is removed", [{ name: "var/task/node_modules/left/.wh.package.json" }], ["right@1.0.0 0"]],
    ["a folder that is removed", [{ name: "var/task/node_modules/.wh.left" }], ["right@1.0.0 0"]],
    ["a folder above that is removed", [{ name: "var/.wh.task" }], []],
    ["a folder that is emptied", [{ name: "var/task/.wh..wh..opq" }], []],
    ["everything that is emptied", [{ name: ".wh..wh..opq" }], []],
    ["a file that is written anew", [npm("left", "1.2.0")], ["left@1.2.0 1", "right@1.0.0 0"]],
    ["a file that is written anew and tells nothing any more", [{ ...npm("left", ""), content: "{}" }], ["right@1.0.0 0"]],
    ["a folder of which a link takes the place", [{ name: "var/task/node_modules", flag: "2", link: "/opt/m" }], []],
    ["nothing of a folder whose name begins alike", [{ name: "var/task/node_modules/.wh.le" }], ["left@1.0.0 0", "right@1.0.0 0"]],
    [
      "nothing by a mark of its own layer",
      [npm("left", "1.2.0"), { name: "var/task/node_modules/.wh.left" }],
      ["left@1.2.0 1", "right@1.0.0 0"],
    ],
  ])("has not what a higher layer takes away: %s", async (_, higher, rest) => {
    expect(told(await imageOf([npm("left", "1.0.0"), npm("right", "1.0.0")], higher))).toEqual(rest);
  });

  it("has again what a still higher layer brings back", async () => {
    expect(told(await imageOf([npm("left", "1.0.0")], [{ name: "var/.wh.task" }], [npm("left", "1.0.0")]))).toEqual(["left@1.0.0 2"]);
  });

  it("has not what lay in an archive that was written anew", async () => {
    const jar = { name: "var/task/lib/left-1.0.0.jar", content: "no zip" };
    const list = await imageOf([jar], [jar]);
    expect(list.packages).toHaveLength(1);
    expect(list.coverage.opaque).toHaveLength(1);
    const gone = await imageOf([jar], [{ name: "var/task/lib/.wh.left-1.0.0.jar" }]);
    expect([gone.packages, gone.coverage]).toMatchObject([[], { status: "complete", opaque: [] }]);
  });

  it("does not blame anybody for what AWS's base image brings, and says how much that is", async () => {
    const base = [
      { name: "var/lang/bin/python3.12", content: "ELF" },
      dist("pip", "23.0"),
      dist("setuptools", "60.0"),
      dist("urllib3", "1.26.0", "var/runtime"),
      dist("boto3", "1.0.0", "var/runtime"),
    ];
    const own = [dist("requests", "2.0.0"), dist("left", "1.0.0", "var/task")];
    const list = await imageOf(base, own);
    expect(told(list)).toEqual(["left@1.0.0 1", "requests@2.0.0 1"]);
    expect(list.coverage).toMatchObject({ status: "complete" });
    expect(list.coverage.statements.join("\n")).toContain("4 packages of AWS's base image (/var/lang, /var/runtime) are not judged");
  });

  it("is its owner's where no language of AWS is in it", async () => {
    const list = await imageOf([dist("pip", "23.0", "usr/local/lib/python3.12/site-packages"), npm("npm", "9.0.0", "usr/local/lib")]);
    expect(told(list).toSorted()).toEqual(["npm@9.0.0 0", "pip@23.0 0"]);
  });

  it("leaves packages of the operating system to those who know them, and says so", async () => {
    const list = await imageOf([
      { name: "var/lib/dpkg/status", content: "Package: openssl" },
      { name: "lib/apk/db/installed", content: "P:musl" },
      dist("urllib3", "1.0.0", "usr/lib/python3/dist-packages"),
      npm("debian-left", "1.0.0", "usr/share/nodejs"),
      { name: "usr/bin/docker", content: Buffer.alloc(500_000, 1) },
      npm("left", "1.0.0", "usr/src/app"),
    ]);
    expect(told(list)).toEqual(["left@1.0.0 0"]);
    expect(list.coverage).toMatchObject({ status: "complete" });
    expect(list.coverage.statements).toContain(
      "packages of the operating system (apk and dpkg) are not judged here, but by ECR's or Amazon Inspector's scan",
    );
  });

  it("has what pip put among the distribution's own packages, which its notes tell", async () => {
    const folder = "usr/lib/python3.12/site-packages";
    const by = (name: string, installer: string): TarFile => ({ name: `${folder}/${name}.dist-info/INSTALLER`, content: installer });
    const list = await imageOf(
      [
        dist("ours", "1.0.0", folder),
        by("ours-1.0.0", "pip\n"),
        dist("theirs", "1.0.0", folder),
        dist("packed", "1.0.0", folder),
        by("packed-1.0.0", "rpm\n"),
      ],
      [dist("gone", "1.0.0", folder), by("gone-1.0.0", "uv")],
      [{ name: `${folder}/.wh.gone-1.0.0.dist-info` }],
    );
    expect(told(list)).toEqual(["ours@1.0.0 0"]);
  });

  it("has what is bundled, but not what a function of Python serves to browsers", async () => {
    const bundle = { name: "var/task/static/app.js", content: `// node_modules/left/index.js\nvar a = 1;\n` };
    expect(told(await imageOf([bundle]))).toEqual(["left@null 0"]);
    expect(told(await imageOf([dist("django", "5.0.0")], [bundle]))).toEqual(["django@5.0.0 0"]);
  });

  it("says of a program that tells nothing, unless it is a tool of a base image", async () => {
    const elf = Buffer.alloc(600_000);
    elf.write("\x7fELF\x02\x01", "latin1");
    const list = await imageOf([
      { name: "usr/local/bin/node", content: elf },
      { name: "usr/local/bin/aws-lambda-rie", content: elf },
      { name: "main", content: elf },
    ]);
    expect(list.coverage.opaque).toEqual([{ file: "main", why: "a program that does not say what was built into it" }]);
  });
});
