/** Node keeps what it has compiled, so that the next command starts in a third of the time. */
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * In a checkout it is kept in node_modules, else with the user's other caches; not in the system's temporary folder, where others may
 * write. Where the place cannot be written, nothing is kept, and everything works. Node's own NODE_COMPILE_CACHE and
 * NODE_DISABLE_COMPILE_CACHE win.
 */
export function rememberCompiled(): void {
  enableCompileCache(process.env.NODE_COMPILE_CACHE || folder());
}

function folder(): string {
  if (import.meta.filename.endsWith(".ts")) return join(import.meta.dirname, "..", "node_modules", ".cache", "smalltarget");
  return join(process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), ".cache"), "smalltarget");
}
