/** Ruby gems, by the names of their specifications and folders. */
import type { PackageReader } from "./package-reader.ts";

const specification = /(?:^|\/)specifications\/(?:default\/)?([^/]+)\.gemspec$/;
/** Files right in the folder of a gem tell of it; what lies deeper says nothing more. */
const folder = /(?:^|\/)(?:\d+\.\d+\.\d+|bundle|vendor|ruby)\/gems\/([^/]+)\/(?:lib\/)?[^/]+$/;
/** From a repository: the folder has its commit, which is no version. */
const fromGit = /(?:^|\/)bundler\/gems\/([^/]+)-[0-9a-f]{7,40}\/[^/]+$/;
const platforms =
  /^(?:java|jruby|ruby|x86|x64|x86_64|amd64|i[3-6]86|arm|arm64|armv\w+|aarch64|universal|mswin\w*|mingw\w*|linux|darwin|musl)\b/;

/** `nokogiri-1.16.0-x86_64-linux`: the version is the last part that begins with a digit and is no platform. */
export function gemOf(text: string): { readonly name: string; readonly version: string } | undefined {
  const parts = text.split("-");
  const platform = parts.findIndex((part, i) => i >= 2 && platforms.test(part));
  const own = platform < 0 ? parts : parts.slice(0, platform);
  const version = own.at(-1) ?? "";
  const name = own.slice(0, -1).join("-");
  return name !== "" && /^\d+(?:\.[0-9A-Za-z]+)*$/.test(version) ? { name, version } : undefined;
}

export const ruby: PackageReader = {
  wishOf: (path) => (specification.test(path) || folder.test(path) || fromGit.test(path) ? "name" : undefined),
  read({ names }, add) {
    for (const { path } of names) {
      const [, listed] = specification.exec(path) ?? [];
      const [, there] = folder.exec(path) ?? [];
      const [, git] = fromGit.exec(path) ?? [];
      const gem = gemOf(listed ?? there ?? "");
      if (gem && listed) add({ ecosystem: "RubyGems", ...gem, confidence: "high", how: "gemspec", path });
      else if (gem) add({ ecosystem: "RubyGems", ...gem, confidence: "medium", how: "folder of a gem", path });
      else if (git) add({ ecosystem: "RubyGems", name: git, version: null, confidence: "medium", how: "gem from git", path });
    }
    return undefined;
  },
};
