import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { aFolder } from "../../cli/run-command.ts";
import { listPackages, told } from "./list-packages.ts";

const minified = `var a=${"f(1,2,3);".repeat(3000)}`;

describe("a bundle of esbuild", () => {
  const folder = aFolder();
  afterAll(() => folder.remove());
  const write = (name: string, text: string) => {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  write("index.js", 'export const handler = () => [require("left"), require("@s/right"), require("info")];');
  write("node_modules/left/index.js", "/*! left. MIT License. */\nmodule.exports = { left: 1, deep: require('deep') };");
  write("node_modules/left/node_modules/deep/index.js", "module.exports = 1;");
  write("node_modules/@s/right/lib/main.js", "/**\n * @license Right.js v9.9.9\n */\nmodule.exports = 'node_modules/mentioned/index.js';");
  write("node_modules/@s/right/package.json", '{"name":"@s/right","version":"2.0.0","main":"lib/main.js"}');
  write("node_modules/info/index.js", "module.exports = require('./package.json').version;");
  write(
    "node_modules/info/package.json",
    '{"name":"info","version":"3.1.4","description":"it says \\"hi\\"","license":"MIT","main":"index.js"}',
  );

  const built = (options: Parameters<typeof buildSync>[0]) => {
    const { outputFiles } = buildSync({
      entryPoints: [`${folder.path}/index.js`],
      absWorkingDir: folder.path,
      bundle: true,
      platform: "node",
      outdir: "out",
      write: false,
      logLevel: "silent",
      ...options,
    });
    return Object.fromEntries((outputFiles ?? []).map(({ path, text }) => [path.slice(path.lastIndexOf("/") + 1), text]));
  };
  const all = ["@s/right@?", "deep@?", "info@3.1.4", "left@?"];

  test("tells all names by its comments, and the version where a package.json was inlined", async () => {
    const { packages, coverage } = await listPackages(built({}));
    expect(told(packages)).toEqual(all);
    expect(coverage.status).toBe("complete");
    expect(coverage.statements).toContain("bundled: 4 names, 1 versions known");
  });

  test.each([["linked" as const], ["inline" as const]])("minified tells them by its map: %s", async (sourcemap) => {
    const { packages, coverage } = await listPackages(built({ minify: true, sourcemap }));
    expect(told(packages)).toEqual(all);
    expect(coverage.status).toBe("complete");
  });

  test("minified without a map names what its licence block and inlined files name, and never a version of another", async () => {
    const { packages } = await listPackages(built({ minify: true }));
    expect(told(packages)).toEqual(["@s/right@?", "info@3.1.4", "left@?"]);
  });
});

describe("paths in bundles", () => {
  test("of pnpm and yarn tell versions, of webpack names; a text that mentions a path is of no package", async () => {
    const { packages } = await listPackages({
      "main.js": [
        "// ../../node_modules/.pnpm/@s+a@1.2.3_b@1.0.0/node_modules/@s/a/index.js",
        "// .yarn/cache/lodash-npm-4.17.21-6382451519-eb835a2e51.zip/node_modules/lodash/lodash.js",
        '/***/ "./node_modules/express/lib/express.js":',
        'eval("x//# sourceURL=webpack-internal:///./node_modules/accepts/index.js")',
        "throw new Error('see docs in node_modules/mentioned/readme.js')",
        "console.log('node_modules/.bin/tsc', 'node_modules/')",
      ].join("\n"),
    });
    expect(told(packages)).toEqual(["@s/a@1.2.3", "accepts@?", "express@?", "lodash@4.17.21"]);
  });

  test("of two copies one of which tells its version are two packages", async () => {
    const { packages } = await listPackages({
      "main.js":
        '// node_modules/semver/index.js\nf();\n// node_modules/x/node_modules/semver/package.json\nvar version = "5.7.1";\n// x.js\n',
    });
    expect(told(packages)).toEqual(["semver@?", "semver@5.7.1"]);
  });
});

describe("versions in comments", () => {
  test.each([
    ["/*! left-pad v1.3.0 | MIT */", ["left-pad@1.3.0"]],
    ["/*! jQuery v3.6.0 | (c) OpenJS */", ["jquery@3.6.0"]],
    ["/** @license React v17.0.2\n * react-dom-server.node.production.min.js\n */", ["react-dom@17.0.2"]],
    ["/*! https://mths.be/punycode v1.4.1 by @mathias */", ["punycode@1.4.1"]],
    ["/*!\n * express\n * Copyright(c) 2009 Somebody\n */", ["express@?"]],
    // one of a project, of which npm has another name
    ["/** @license URI.js v4.4.1 (c) 2011 */", []],
    ["/**\n * lodash 3.0.3 (Custom Build)\n * Copyright 2015\n */", []],
    ["/*! https://mths.be/utf8js v2.1.2 by @mathias */", []],
    ["/*! version 1.2.3 */", []],
    ["/*! twice v1.0.0 */ f(); /*! twice v2.0.0 */", ["twice@?"]],
  ])("%s", async (comment, expected) => {
    expect(told((await listPackages({ "index.js": `${comment}\nf();` })).packages)).toEqual(expected);
  });
});

describe("a package.json in a bundle", () => {
  test.each([
    ['var p={name:"dep",version:"1.2.3",description:"x",license:"MIT",keywords:["a",{b:!0}]};', ["dep@1.2.3"]],
    [`m.exports=JSON.parse('{"name":"dep","version":"1.2.3","description":"it\\'s","license":"MIT"}')`, ["dep@1.2.3"]],
    [
      String.raw`eval("module.exports = JSON.parse('{\"name\":\"dep\",\"version\":\"1.2.3\",\"main\":\"x\",\"license\":\"MIT\"}');")`,
      ["dep@1.2.3"],
    ],
    // a table of names, one's own, a range, code
    ['var p=[{name:"dep",version:"1.2.3"}];', []],
    ['// package.json\nvar p={name:"mine",version:"1.2.3",main:"x",license:"MIT"};', []],
    ['var p={name:"mine",version:"1.2.3",private:!0,main:"x",license:"MIT"};', []],
    ['var p={name:"dep",version:"^1.2.3",main:"x",license:"MIT"};', []],
    ['var p={name:"dep",version:v(),main:"x",license:"MIT"};', []],
  ])("%s", async (text, expected) => {
    expect(told((await listPackages({ "index.js": text })).packages)).toEqual(expected);
  });
});

describe("how much is known", () => {
  test("a minified file without comments or map is unknown, with its size and what to do", async () => {
    const { coverage } = await listPackages({ "index.js": minified });
    expect(coverage).toMatchObject({ status: "unknown", opaque: [{ file: "index.js" }] });
    expect(coverage.statements.join()).toMatch(/one minified file of 28 kB .* CycloneDX/);
  });

  test("with a licence comment it is partial, with esbuild's metafile complete", async () => {
    const licensed = { "index.js": `${minified}\n/*! left. MIT License. */` };
    expect((await listPackages(licensed)).coverage.status).toBe("partial");
    const inputs = { "node_modules/a/index.js": { bytesInOutput: 5 }, "node_modules/shaken/index.js": { bytesInOutput: 0 } };
    const meta = JSON.stringify({ inputs: {}, outputs: { "index.js": { inputs } } });
    const { packages, coverage } = await listPackages({ ...licensed, "meta.json": meta });
    expect(told(packages)).toEqual(["a@?", "left@?"]);
    expect(coverage.status).toBe("complete");
  });

  test("code as people write it is no bundle, and files for browsers beside Python packages are not read as one", async () => {
    expect((await listPackages({ "index.js": "exports.handler = async () => 1;\n" })).coverage.status).toBe("complete");
    const { packages, coverage } = await listPackages({ "flask-3.0.0.dist-info/METADATA": "", "flask/static/x.js": minified });
    expect(told(packages)).toEqual(["flask@3.0.0"]);
    expect(coverage.status).toBe("complete");
  });
});
