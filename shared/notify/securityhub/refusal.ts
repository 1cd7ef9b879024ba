/** What Security Hub's errors mean, and what to do next. */
import { codeOf, isCredentialsError } from "../../aws/errors.ts";
import { cleanText } from "../../model/plain-text.ts";
import { DeliveryError } from "../channel.ts";

/** Codes of errors that say how fast we may go, or that the hub has trouble of its own. */
const later = /^(Throttling|TooManyRequests|LimitExceeded|Internal|ServiceUnavailable|ThrottlingException)/;

/** @param account whose hub it is */
export function hubRefusal(action: string, region: string, account: string, error: unknown): DeliveryError {
  const code = codeOf(error);
  const said = cleanText(error instanceof Error ? error.message : String(error), 300);
  const { advice, permanent } = adviceFor(action, region, account, code, error);
  return new DeliveryError(`securityhub:${action} in ${region}: ${advice} (${code}: ${said})`, permanent, error);
}

function adviceFor(action: string, region: string, account: string, code: string, error: unknown) {
  if (isCredentialsError(error))
    return { advice: "AWS did not accept the credentials: sign in again, or check --profile", permanent: true };
  if (code === "InvalidAccessException" || code === "ResourceNotFoundException") {
    return {
      advice: `Security Hub CSPM is not enabled there in account ${account}: enable it with aws securityhub enable-security-hub --no-enable-default-standards --region ${region}, or name the one Region that has it as "region" of the channel`,
      // other Regions may have theirs
      permanent: false,
    };
  }
  if (/^AccessDenied|^UnrecognizedClient/.test(code)) {
    return {
      advice: `refused: allow securityhub:${action} to this role; a deployed stack allows it when its settings have the channel: deploy it again`,
      permanent: true,
    };
  }
  return {
    advice: later.test(code) ? "it takes no more for now; the next scan tries again" : "the next scan tries again",
    permanent: false,
  };
}
