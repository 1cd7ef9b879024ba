/** Commands of package managers that raise or take out a package, quoted for a POSIX shell. They change a project, never AWS. */
import { type Ecosystem, ecosystems } from "../model/packages.ts";
import type { ResourceRef } from "../model/resource.ts";
import { awsCommand, shellQuote } from "../wording/aws-cli.ts";

interface Upgrade {
  readonly ecosystem: string;
  readonly name: string;
  readonly fixed: string;
  /** Those that need it allow that version. */
  readonly inRange: boolean;
}

const raise: Readonly<Record<Ecosystem, (upgrade: Upgrade) => readonly string[]>> = {
  npm: ({ name, fixed, inRange }) =>
    inRange ? [`npm update ${shellQuote(name)}`] : [`npm ls ${shellQuote(name)}`, `npm install ${shellQuote(`${name}@${fixed}`)}`],
  PyPI: ({ name, fixed }) => [`pip install --upgrade ${shellQuote(`${name}>=${fixed}`)}`],
  Maven: ({ name, fixed }) => [`mvn versions:use-dep-version ${shellQuote(`-Dincludes=${name}`)} ${shellQuote(`-DdepVersion=${fixed}`)}`],
  // the standard library comes with the toolchain
  Go: ({ name, fixed }) =>
    name === "stdlib" || name === "toolchain"
      ? [`go get ${shellQuote(`toolchain@go${fixed}`)}`]
      : [`go get ${shellQuote(`${name}@v${fixed}`)}`, "go mod tidy"],
  RubyGems: ({ name }) => [`bundle update --conservative ${shellQuote(name)}`],
  NuGet: ({ name, fixed }) => [`dotnet add package ${shellQuote(name)} --version ${shellQuote(fixed)}`],
};

const takeOut: Readonly<Record<Ecosystem, (name: string) => readonly string[]>> = {
  npm: (name) => [`npm uninstall ${shellQuote(name)}`],
  PyPI: (name) => [`pip uninstall ${shellQuote(name)}`],
  Maven: (name) => [`mvn dependency:tree ${shellQuote(`-Dincludes=${name}`)}`],
  Go: (name) => [`go get ${shellQuote(`${name}@none`)}`, "go mod tidy"],
  RubyGems: (name) => [`bundle remove ${shellQuote(name)}`],
  NuGet: (name) => [`dotnet remove package ${shellQuote(name)}`],
};

export function raiseCommands(upgrade: Upgrade): readonly string[] {
  return isEcosystem(upgrade.ecosystem) ? raise[upgrade.ecosystem](upgrade) : [];
}

export function takeOutCommands(ecosystem: string, name: string): readonly string[] {
  return isEcosystem(ecosystem) ? takeOut[ecosystem](name) : [];
}

function isEcosystem(name: string): name is Ecosystem {
  return (ecosystems as readonly string[]).includes(name);
}

/** Which newer versions of somebody's layer there are. */
export function layerVersionsCommand({ arn, region }: ResourceRef): string {
  return awsCommand("lambda", "list-layer-versions", { "layer-name": arn.replace(/:\d+$/, ""), region });
}
