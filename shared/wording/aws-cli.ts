/** The commands that findings end with: exact, with the real names in them, quoted for a POSIX shell. */

/** Words that a shell leaves alone stand as they are; anything else is put into single quotes. */
export function shellQuote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `aws SERVICE OPERATION --name value ...`; every value is quoted where it has to be. */
export function awsCommand(service: string, operation: string, options: Readonly<Record<string, string | number>>): string {
  const words = Object.entries(options).map(([name, value]) => `--${name} ${shellQuote(String(value))}`);
  return ["aws", service, operation, ...words].join(" ");
}

/** Where the resource belongs to a CloudFormation stack, the template is the place to mend it. */
export function stackAdvice(stack: string | undefined, logicalId: string | undefined, change: string): string {
  if (!stack) return "";
  const where = logicalId ? `stack ${stack}, resource ${logicalId}` : `stack ${stack}`;
  return `It belongs to ${where}: ${change} in its template and deploy that; a command alone is undone by the next deployment. `;
}
