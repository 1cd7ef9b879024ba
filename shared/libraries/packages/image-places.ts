/**
 * Where in an image things lie: what its operating system put there (hier(7), Filesystem Hierarchy Standard 3.0), what AWS's base images bring
 * (github.com/aws/aws-lambda-base-images, seen 2026-11-28), and everything else, which is whose image it is.
 */

/** Distributions keep these; what is mended in them is told by their own lists, not by the versions of upstream. */
const ofSystem =
  /^(?:s?bin|lib(?:32|64|x32)?|boot|dev|etc|proc|run|sys|usr\/(?:s?bin|lib(?:32|64|x32|exec)?|share|include|games)|var\/(?:cache|lib|log|spool|db)|(?:var\/)?tmp)\//;
/** Installers of languages put packages there, too, beside those of the distribution. */
const installedThere = /^usr\/lib\/(?:node_modules|ruby\/gems)\//;
const caches = /(?:^|\/)(?:\.cache|\.npm\/_cacache|\.m2\/repository|go\/pkg\/mod\/cache)\//;

/** Of a distribution, or left by an installer: nothing that is read. */
export function isOfSystem(path: string): boolean {
  return (ofSystem.test(path) && !installedThere.test(path)) || caches.test(path);
}

/** Where Alpine's and other distributions' pip puts packages, beside those of the distribution; who put one there its notes tell (PEP 627). */
const ofSystemPython = /^(usr\/lib(?:64)?\/python3[^/]*\/(?:site|dist)-packages\/[^/]+\.dist-info)\/(METADATA|INSTALLER)$/;

/** The folder with the notes of a package of Python among those of the distribution, and which of its notes the file is. */
export function systemPythonNote(path: string): { readonly folder: string; readonly note: string } | undefined {
  const [, folder, note] = ofSystemPython.exec(path) ?? [];
  return folder !== undefined && note !== undefined ? { folder, note } : undefined;
}

/** Distributions write their own name there, or nothing. */
export function isOwnInstaller(text: string): boolean {
  return /^(?:pip|uv|poetry|pdm|pipenv|conda|flit|hatch)\b/i.test(text.trim());
}

const packageLists: readonly (readonly [string, RegExp])[] = [
  ["rpm", /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:rpmdb\.sqlite|Packages(?:\.db)?)$/],
  ["dpkg", /^var\/lib\/dpkg\/status(?:\.d\/[^/]+)?$/],
  ["apk", /^(?:usr\/)?lib\/apk\/db\/installed$/],
];

/** The kind of packages of the operating system whose list the file is; undefined where it is none. */
export function systemListOf(path: string): string | undefined {
  return packageLists.find(([, list]) => list.test(path))?.[0];
}

/** The program of a language as AWS's base images have it: what lies in that layer under the same root came with it. */
export function isAwsLanguage(path: string): boolean {
  return /^var\/lang\/bin\/(?:node|python3(?:\.\d+)?|ruby|java|dotnet)$/.test(path);
}

/** The emulator for one's own machine, and what runs in its place in Lambda. */
export function isAwsProgram(path: string): boolean {
  return path === "usr/local/bin/aws-lambda-rie" || path.startsWith("var/rapid/");
}

/** Lambda's client for a language, and the SDK that comes with it. */
export function isAwsRuntime(path: string): boolean {
  return path.startsWith("var/runtime/");
}

export function isUnderAwsLanguage(path: string): boolean {
  return path.startsWith("var/lang/");
}

/** Where base images of languages keep their programs: those tell nothing, and are no code of the function. */
export function isToolsFolder(path: string): boolean {
  return /^(?:usr\/local|var\/lang|opt\/(?:java|yarn)[^/]*|root|home\/[^/]+\/\.[^/]+)\//.test(path);
}
