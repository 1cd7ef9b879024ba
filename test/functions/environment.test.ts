import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../functions/environment.ts";

const variables = {
  TABLE_NAME: "findings",
  BUCKET_NAME: "blobs",
  TOPIC_ARN: "arn:aws:sns:eu-west-1:111122223333:t",
  AWS_REGION: "eu-west-1",
};

describe("the environment of the function", () => {
  it("needs four variables; the others have defaults", () => {
    expect(readEnvironment(variables)).toMatchObject({
      tableName: "findings",
      bucketName: "blobs",
      topicArn: variables.TOPIC_ARN,
      homeRegion: "eu-west-1",
      regions: [],
      settings: { disabledRules: [] },
    });
  });

  it("takes Regions as a list, settings as JSON", () => {
    const environment = readEnvironment({
      ...variables,
      REGIONS: " eu-west-1, us-east-1 ,",
      SETTINGS: '{"rules":{"lambda/unused-function":{"enabled":false}}}',
    });
    expect(environment.regions).toEqual(["eu-west-1", "us-east-1"]);
    expect(environment.settings.disabledRules).toEqual(["lambda/unused-function"]);
  });

  it.each(Object.keys(variables))("names %s when it is missing or blank", (name) => {
    expect(() => readEnvironment({ ...variables, [name]: undefined })).toThrow(`${name} is not set`);
    expect(() => readEnvironment({ ...variables, [name]: " " })).toThrow(`${name} is not set`);
  });

  it.each([
    ["{", /^SETTINGS is not JSON: /],
    ['{"rulez":{}}', /^SETTINGS: unknown key "rulez"/],
    ['{"rules":{"lambda/none":{}}}', /^SETTINGS: there is no rule "lambda\/none"/],
    ["[]", /^SETTINGS: /],
  ])("says what is wrong with the settings %s", (SETTINGS, message) => {
    const read = () => readEnvironment({ ...variables, SETTINGS });
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ name: "SettingsError" }));
  });
});
