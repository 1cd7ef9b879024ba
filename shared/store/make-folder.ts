/** Makes a folder with those above it. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * As `mkdir -p` does; it is no mistake that the folder is there already. Node's own recursive `mkdir` never ends where the folder above is
 * there and the system makes none in it without saying why not (`/proc`).
 * @throws what the system says, where it makes none
 */
export async function makeFolder(path: string): Promise<void> {
  const failure = await makeOne(path);
  if (!failure) return;
  const above = dirname(path);
  if (failure.code !== "ENOENT" || above === path) throw failure;
  await makeFolder(above);
  const again = await makeOne(path);
  if (!again) return;
  if (again.code !== "ENOENT") throw again;
  throw Object.assign(new Error(`no folder can be made at ${path} (${again.message}): choose another place`, { cause: again }), {
    code: again.code,
  });
}

/** Makes it, or finds it: others may be making the same. Answers why not. */
async function makeOne(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path);
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    return failure.code === "EEXIST" && (await isFolder(path)) ? undefined : failure;
  }
  return undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
