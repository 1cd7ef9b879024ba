/** Microsoft Teams: the address of a workflow "when a Teams webhook request is received". */
import { secretName } from "./schemas.ts";

export const entries = { webhook: secretName };
