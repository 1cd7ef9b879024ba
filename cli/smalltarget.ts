#!/usr/bin/env node
/** The command `smalltarget`. Loads nothing before what is compiled can be remembered. */
import { rememberCompiled } from "./compile-cache.ts";

rememberCompiled();
const { main } = await import("./main.ts");
await main();
