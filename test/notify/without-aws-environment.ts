// Tests talk to emulators only: credentials, profiles and endpoints of the person who runs them must not leak in.
for (const name of Object.keys(process.env)) {
  if (name.startsWith("AWS_")) delete process.env[name];
}
