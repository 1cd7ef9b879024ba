import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isCredentialsError, isGone, isThrottle, statusOf } from "../../shared/aws/errors.ts";
import { root } from "../cli/run-command.ts";

const sources = readdirSync(join(root, "shared"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));

/** Every SDK command that the program makes, as [package, command]. */
const commands = [
  ...new Set(
    sources.flatMap((path) =>
      [...readFileSync(join(root, "shared", path), "utf8").matchAll(/import \{([^}]+)\} from "@aws-sdk\/(client-[\w-]+)"/g)].flatMap(
        ([, imported = "", name = ""]) => [...imported.matchAll(/\b(\w+Command)\b/g)].map(([, command]) => `${name} ${command}`),
      ),
    ),
  ),
].map((pair) => pair.split(" ") as [string, string]);

/** The errors that the service's model gives the operation. */
function errorsOf([name, command]: readonly [string, string]): string[] {
  const types = readFileSync(join(root, `node_modules/@aws-sdk/${name}/dist-types/commands/${command}.d.ts`), "utf8");
  return [...types.matchAll(/@throws \{@link (\w+)\}/g)]
    .map(([, error = ""]) => error)
    .filter((error) => !error.endsWith("ServiceException"));
}

const codes = [...new Set(commands.flatMap(errorsOf))].sort();
const error = (name: string) => Object.assign(new Error("on purpose"), { name });

/** Of a setting that a resource need not have, of a page, or of what is not a resource that was listed: each is read by its own name. */
const notAResource = new Set([
  "NoSuchPublicAccessBlockConfiguration",
  "RepositoryPolicyNotFoundException",
  "LifecyclePolicyNotFoundException",
  "ResourcePolicyNotFoundException",
  "ScanNotFoundException",
  "KMSNotFoundException",
  "KmsNotFound",
  "KmsKeyNotFoundException",
  "ChangeSetNotFoundException",
  "NoSuchKey",
  "PolicyNotFoundException",
  "TypeNotFoundException",
  "AccountNotFoundException",
  "OrganizationNotFoundException",
]);

describe("the errors that the models give our operations", () => {
  it("are known for every service that we ask", () => {
    expect(commands.length).toBeGreaterThan(80);
    expect(codes.length).toBeGreaterThan(40);
  });

  it.each(codes.filter((code) => /NotFound|NoSuch|NotExist|NonExist/.test(code)))(
    "%s: the resource is gone, or no resource is meant",
    (code) => {
      expect(isGone(error(code))).toBe(!notAResource.has(code));
    },
  );

  it.each(codes.filter((code) => /Denied|NotAuthorized|Unauthorized|Forbidden|AuthorizationError/.test(code)))("%s: denied", (code) => {
    expect(statusOf(error(code))).toBe("denied");
  });

  it.each(codes.filter((code) => /Thrott|TooManyRequests|TooManyUpdates|RequestLimit/.test(code)))("%s: throttled", (code) => {
    expect(statusOf(error(code))).toBe("throttled");
    expect(isThrottle(error(code))).toBe(true);
  });

  it.each(codes.filter((code) => /Unsupported(Operation|Action)|TypeNotFound/.test(code)))("%s: unsupported", (code) => {
    expect(statusOf(error(code))).toBe("unsupported");
  });

  it.each(codes)("%s means one thing at most", (code) => {
    const meanings = [
      isGone(error(code)),
      isCredentialsError(error(code)),
      statusOf(error(code)) !== "failed" && !isCredentialsError(error(code)),
    ];
    expect(meanings.filter(Boolean).length).toBeLessThanOrEqual(1);
  });
});

describe("errors that no model has", () => {
  it.each(["KmsAccessDeniedException", "NotAuthorizedException", "ForbiddenException"])("%s: denied", (code) => {
    expect(statusOf(error(code))).toBe("denied");
  });

  it.each([
    "RequestExpired",
    "RequestTimeTooSkewed",
    "ExpiredToken",
    "ExpiredTokenException",
    "UnrecognizedClientException",
    "AuthFailure",
  ])("%s: credentials", (code) => {
    expect(isCredentialsError(error(code))).toBe(true);
  });

  it.each(["LoadBalancerNotFound", "TargetGroupNotFound", "ListenerNotFound", "NotFound"])("%s: gone", (code) => {
    expect(isGone(error(code))).toBe(true);
  });
});
