/** Schedules of EventBridge Scheduler as resources: what each starts, as what, and where failed starts go. */
import type { ScheduleAnswer } from "../../describe/services/scheduler.ts";
import { collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { readSchedules } from "./schedule-reads.ts";

export const schedulerCollector: ServiceCollector<"scheduler"> = {
  name: "scheduler",
  scope: "region",
  readerVersion: 1,
  actions: ["scheduler:ListSchedules", "scheduler:GetSchedule"],
  reads: "schedules: expression, target, role and dead-letter queue; never what is sent",
  collect: (context) =>
    collectPart<ScheduleAnswer>("scheduler", context.region, async (sink) => {
      const { schedules, failures } = await readSchedules(context);
      for (const { listed, answer } of schedules) {
        const { Arn, Name = "", State, CreationDate } = listed;
        if (Arn) sink.push({ arn: Arn, name: Name, enabled: State !== "DISABLED", createdAt: CreationDate?.toISOString(), read: answer });
      }
      for (const failure of failures) sink.missList(failure);
    }),
};
