/** Which alarms are ours: a name like ours is a hint, our tag is the proof. */
import { ListTagsForResourceCommand } from "@aws-sdk/client-cloudwatch";
import type { OwnAlarm } from "../alarms/alarm-plan.ts";
import { alarmPrefix, alarmTag } from "../alarms/alarm-shape.ts";
import type { Clients } from "../aws/clients.ts";
import { isGone } from "../aws/errors.ts";
import { forEachAtMost } from "../aws/paginate.ts";
import { readDurationAlarms } from "../collect/cloudwatch/duration-alarms.ts";
import type { DurationAlarm } from "../model/duration-alarm.ts";

const readsAtOnce = 4;

export interface NamedLikeOurs {
  readonly own: readonly OwnAlarm[];
  /** Somebody else's, though the name is like ours. */
  readonly foreign: readonly DurationAlarm[];
}

/** All alarms of a Region that are named like ours, told apart. @throws what CloudWatch answers */
export async function readNamedLikeOurs(clients: Clients, region: string): Promise<NamedLikeOurs> {
  const { alarms } = await readDurationAlarms(clients, region, alarmPrefix);
  const hashes = new Map<string, string | undefined>();
  await forEachAtMost(alarms, readsAtOnce, async ({ arn }) => {
    hashes.set(arn, await ownTag(clients, region, arn));
  });
  return {
    own: alarms.flatMap((alarm) => {
      const hash = hashes.get(alarm.arn);
      return hash === undefined ? [] : [{ alarm, hash }];
    }),
    foreign: alarms.filter(({ arn }) => hashes.get(arn) === undefined),
  };
}

/** The value of our tag on the alarm; undefined where it has none, and so is not ours, or is gone. */
export async function ownTag(clients: Clients, region: string, arn: string): Promise<string | undefined> {
  try {
    const { Tags = [] } = await clients.cloudwatch(region).send(new ListTagsForResourceCommand({ ResourceARN: arn }));
    return Tags.find(({ Key }) => Key === alarmTag)?.Value;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
