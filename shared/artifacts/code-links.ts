/**
 * Asks AWS where the code of a function or layer lies. The answer about a function holds its environment, too: of both answers nothing
 * but the link leaves this file, and the link leaves the program only as a request.
 */
import { GetFunctionCommand, GetLayerVersionCommand } from "@aws-sdk/client-lambda";
import type { AskLink } from "../aws/byte-ranges.ts";
import type { Clients } from "../aws/clients.ts";
import { LinkError } from "../aws/ranged-get.ts";

/** The code was deployed anew since the functions were listed: the next scan reads what it is then. */
export const codeChanged = "CodeChanged";

/** Link to the code of a function, as long as that is the code with this digest. */
export function functionLink(clients: Clients, region: string, functionArn: string, codeSha256: string): AskLink {
  return async () => {
    const { Code, Configuration } = await clients.lambda(region).send(new GetFunctionCommand({ FunctionName: functionArn }));
    if (Configuration?.CodeSha256 !== undefined && Configuration.CodeSha256 !== codeSha256) {
      throw new LinkError(codeChanged, "the function was deployed anew while the scan ran");
    }
    return linkIn(Code?.Location);
  };
}

/** @param layerArn of the version; it may be of another account, which then says who may read it */
export function layerLink(clients: Clients, region: string, layerArn: string): AskLink {
  const [LayerName, version] = [layerArn.slice(0, layerArn.lastIndexOf(":")), layerArn.slice(layerArn.lastIndexOf(":") + 1)];
  return async () => {
    const { Content } = await clients.lambda(region).send(new GetLayerVersionCommand({ LayerName, VersionNumber: Number(version) }));
    return linkIn(Content?.Location);
  };
}

function linkIn(location: string | undefined): string {
  if (!location) throw new LinkError("NoLink", "AWS gave no link to the code");
  return location;
}
