/** The commands that ask the callers of open routes who they are. */
import type { Evidence } from "../model/finding.ts";
import type { ResourceRef } from "../model/resource.ts";
import { awsCommand } from "../wording/aws-cli.ts";
import { text } from "../wording/words.ts";

const routesShown = 5;

/** Authorization as the API's only authorizer gives it, else IAM. */
function authorizationOf(authorizers: readonly string[], protocol: string): { readonly type: string; readonly authorizerId?: string } {
  const [only = ""] = authorizers.length === 1 ? authorizers : [];
  const [kind = "", authorizerId] = only.split(" ");
  if (!authorizerId || (protocol === "WEBSOCKET" && kind === "JWT")) return { type: "AWS_IAM" };
  return { type: kind === "TOKEN" || kind === "REQUEST" ? "CUSTOM" : kind, authorizerId };
}

export function closingCommands(evidence: Evidence, { region }: ResourceRef): { readonly commands: string[]; readonly complete: boolean } {
  const protocol = text(evidence.protocol);
  const apiId = text(evidence.apiId);
  const names = evidence.routes as readonly string[];
  const ids = evidence.routeIds as readonly string[];
  const { type, authorizerId } = authorizationOf(evidence.authorizers as readonly string[], protocol);
  // a WebSocket asks at $connect only
  const connect = names.indexOf("$connect");
  const chosen = protocol === "WEBSOCKET" && connect >= 0 ? [connect] : names.map((_, i) => i).slice(0, routesShown);
  const rest = protocol === "REST";
  const commands = chosen.map((i) => {
    if (!rest) {
      const more: Record<string, string> = authorizerId ? { "authorizer-id": authorizerId } : {};
      return awsCommand("apigatewayv2", "update-route", {
        "api-id": apiId,
        "route-id": ids[i] ?? "",
        "authorization-type": type,
        ...more,
        region,
      });
    }
    const patches = [
      { op: "replace", path: "/authorizationType", value: type },
      ...(authorizerId ? [{ op: "replace", path: "/authorizerId", value: authorizerId }] : []),
    ];
    const verb = names[i]?.split(" ")[0] ?? "";
    return awsCommand("apigateway", "update-method", {
      "rest-api-id": apiId,
      "resource-id": ids[i] ?? "",
      "http-method": verb,
      "patch-operations": JSON.stringify(patches),
      region,
    });
  });
  const deployments = (evidence.stages as readonly string[])
    // the default stage of an HTTP API deploys by itself
    .filter((stage) => rest || stage !== "$default")
    .slice(0, routesShown)
    .map((stage) =>
      rest
        ? awsCommand("apigateway", "create-deployment", { "rest-api-id": apiId, "stage-name": stage, region })
        : awsCommand("apigatewayv2", "create-deployment", { "api-id": apiId, "stage-name": stage, region }),
    );
  return { commands: [...commands, ...deployments], complete: protocol === "WEBSOCKET" || names.length <= routesShown };
}
