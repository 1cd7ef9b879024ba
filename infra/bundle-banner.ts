/**
 * First line of a bundle in the newer module format: packages in the older one find the modules of Node by `require`.
 *
 * It declares no name but `require`, which the bundler keeps free because its own code asks for it: an import of `createRequire`, under
 * any name, stands beside the imports of the bundled packages, and the same name twice is a file that does not load.
 */
export const requireBanner = 'const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);';
