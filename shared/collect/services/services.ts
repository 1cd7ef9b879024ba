/** The list of service collectors; a test compares it with the folder. */

import { httpApisCollector } from "./http-apis.ts";
import { restApisCollector } from "./rest-apis.ts";
import type { ServiceCollector } from "./service-collector.ts";
import { stacksCollector } from "./stacks.ts";

export const services: readonly ServiceCollector[] = [stacksCollector, restApisCollector, httpApisCollector];
