/** Where requests go when they do not go to AWS. */

/** Whether the address is of this machine: an emulator that shares its control plane with nobody. */
export function isThisMachine(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The host of AWS_ENDPOINT_URL; undefined where requests go to AWS. */
export function emulatorHost(endpointUrl: string | undefined): string | undefined {
  return endpointUrl && URL.canParse(endpointUrl) ? new URL(endpointUrl).hostname : undefined;
}
