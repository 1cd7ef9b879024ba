/** The list of service collectors; a test compares it with the folder. */
import type { ServiceCollector } from "./service-collector.ts";

export const services: readonly ServiceCollector[] = [];
