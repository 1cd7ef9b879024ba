/** A receiver of one's own: the message as JSON, signed. */
import * as v from "valibot";
import { secretName, secretOrAddress } from "./schemas.ts";

export const entries = {
  url: secretOrAddress,
  /** Key of the HMAC in `X-SmallTarget-Signature`; without it nothing is signed. */
  signingKey: v.optional(secretName),
};
