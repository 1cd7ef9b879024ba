/** Where requests of a channel go: an address of the settings, or one that is kept as a secret. */
import { addressMistake, isSecretName } from "../../channel-settings/schemas.ts";
import { DeliveryError } from "../channel.ts";
import type { ChannelMeans } from "../channel-kind.ts";

/** @throws DeliveryError where there is no secret, or it is no address that we send to; the address is not repeated */
export async function addressOf(given: string, means: Pick<ChannelMeans, "secret">): Promise<string> {
  if (!isSecretName(given)) return given;
  const address = await means.secret(given);
  const mistake = addressMistake(address, true);
  if (mistake !== undefined) throw new DeliveryError(`${given}: what is kept there ${mistake}`, true);
  return address;
}
