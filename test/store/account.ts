/** The account and Region of the tests. */
export const account = "111122223333";
export const region = "eu-west-1";
