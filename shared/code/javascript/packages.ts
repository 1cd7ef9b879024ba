/**
 * Packages beside a function's own code that may be of the same people: what a workspace of several packages puts into node_modules under a
 * scope of its own. Published packages are not looked into; those that ask AWS for something are known by name (libraries.ts).
 */
import { mentionsAws } from "./libraries.ts";
import type { Program } from "./program.ts";

interface File {
  readonly path: string;
  readonly text: string;
}

/** Scopes of npm under which packages for functions are published for everybody (28 November 2026). */
const published =
  /^(aws|aws-sdk|aws-crypto|aws-lambda-powertools|aws-amplify|amzn|smithy|middy|dazn|types|babel|jest|vitest|eslint|typescript-eslint|swc|esbuild|rollup|webassemblyjs|vercel|nestjs|nrwl|nx|angular|vue|mui|emotion|tanstack|hono|fastify|hapi|koa|trpc|apollo|graphql-tools|graphql-typed-document-node|opentelemetry|sentry|datadog|newrelic|lumigo|honeycombio|grpc|protobufjs|prisma|neondatabase|planetscale|libsql|supabase|firebase|google-cloud|google|googleapis|azure|microsoft|octokit|slack|discordjs|sendgrid|mailchimp|stripe|paypal|square|shopify|twilio|auth0|okta|clerk|simplewebauthn|noble|scure|sinclair|standard-schema|zod|sindresorhus|isaacs|nodelib|npmcli|pkgjs|jridgewell|humanwhocodes|puppeteer|sparticuz|playwright|img|jimp|ffmpeg-installer|redis|ioredis|elastic|opensearch-project|mongodb-js|mikro-orm|sequelize|typeorm|anthropic-ai|langchain|modelcontextprotocol|huggingface|pinecone-database|asteasolutions|codegenie|serverless|casl|date-fns|formatjs|fullcalendar|turf|mapbox|xmldom|xstate|lit|open-draft|kwsites|colors|dabh|so-ric|inversifyjs|biomejs)$/;

/** `node_modules/@acme/db/src/index.js`: the folder of the package, its name, and what is in it. */
const place = /^((?:.*\/)?node_modules\/(@([^/]+)\/[^/]+))\/(.+)$/;

interface Place {
  readonly folder: string;
  readonly name: string;
  readonly inside: string;
}

/** Where a file lies in a package of a scope that is nobody's we know; undefined: it lies in none. */
export function ownPackageOf(path: string): Place | undefined {
  const [, folder, name, scope, inside] = place.exec(path) ?? [];
  if (folder === undefined || name === undefined || inside === undefined || published.test(scope ?? "")) return undefined;
  return path.indexOf("node_modules/") === path.lastIndexOf("node_modules/") ? { folder, name, inside } : undefined;
}

/** Whether a package with this name may be of the function's own people: `@acme/db`, `@acme/db/orders`. */
export function isOwnPackage(specifier: string): boolean {
  const [, scope] = /^@([^/]+)\/[^/]/.exec(specifier) ?? [];
  return scope !== undefined && !published.test(scope);
}

/**
 * The files without those of packages in which nothing names anything of AWS, and without their package.json, of which the program keeps
 * where each begins.
 */
export function withOwnPackages<F extends File>(program: Pick<Program, "packages">, files: readonly F[]): readonly F[] {
  const concerned = new Set<string>();
  for (const { path, text } of files) {
    const own = ownPackageOf(path);
    if (!own) continue;
    if (mentionsAws(text)) concerned.add(own.folder);
    if (own.inside === "package.json") program.packages.set(own.name, { folder: own.folder, main: mainOf(text) });
    else if (!program.packages.has(own.name)) program.packages.set(own.name, { folder: own.folder, main: undefined });
  }
  return files.filter(({ path }) => {
    if (!path.includes("node_modules/")) return true;
    const own = ownPackageOf(path);
    return own !== undefined && own.inside !== "package.json" && concerned.has(own.folder);
  });
}

/** What a package.json says that `import "@acme/db"` loads. */
function mainOf(text: string): string | undefined {
  try {
    const { main, module, exports } = JSON.parse(text) as { main?: unknown; module?: unknown; exports?: unknown };
    const entry = pathIn(isRecord(exports) && "." in exports ? exports["."] : exports) ?? main ?? module;
    return typeof entry === "string" ? entry.replace(/^\.\//, "") : undefined;
  } catch {
    return undefined;
  }
}

/** The first file among the conditions of `exports` that is loaded when it runs. */
function pathIn(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  if (!isRecord(exports)) return undefined;
  for (const condition of ["node", "require", "import", "default"]) {
    const found = pathIn(exports[condition]);
    if (found) return found;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
