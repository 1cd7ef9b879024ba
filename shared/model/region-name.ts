/** What the name of a Region looks like, in every partition: `eu-west-1`, `us-gov-west-1`, `us-isob-east-1`, `eusc-de-east-1`. */
const form = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** True for a name of the right form; whether the Region exists and is enabled is for AWS to say. */
export function isRegionName(text: string): boolean {
  return form.test(text);
}
