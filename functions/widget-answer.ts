/** From the event of a dashboard to the HTML of its widget. */
import { setTimeout as wait } from "node:timers/promises";
import type { Overview } from "../shared/page-file/overview.ts";
import { type WidgetPlace, widgetHtml, widgetNote } from "../shared/page-file/widget-html.ts";

/** What CloudWatch sends: a question about the widget itself, or where it is shown. */
export interface WidgetEvent {
  readonly describe?: boolean;
  readonly widgetContext?: { readonly width?: unknown; readonly theme?: unknown };
}

export interface WidgetMeans {
  /** Undefined: no scan has left one. */
  readonly overview: () => Promise<Overview | undefined>;
  readonly withinMs: number;
  readonly failed: (error: Error) => void;
}

/** What the console shows to who adds the widget to a dashboard. */
export const describeWidget = {
  markdown: `## Small Target: the account

What the last scan found, as on the first screen of \`smalltarget report\`: five numbers with their line over the kept scans, what is most worth
doing with the command for it, and what could not be looked at. It takes no parameters.`,
};

/** The HTML. Never throws: what goes wrong is told to \`failed\`, and shown. */
export async function widgetAnswer({ widgetContext }: WidgetEvent, { overview, withinMs, failed }: WidgetMeans): Promise<string> {
  const place = placeOf(widgetContext);
  try {
    const found = await inTime(overview, withinMs);
    return found
      ? widgetHtml(found, place)
      : widgetNote("No scan has left anything to show yet: the first one after this deployment will.", place);
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    failed(cause);
    return widgetNote(`This cannot be shown: ${cause.message}`, place);
  }
}

async function inTime<T>(asked: () => Promise<T>, withinMs: number): Promise<T> {
  const over = new AbortController();
  const late = wait(Math.max(0, withinMs), undefined, { signal: over.signal }).then(() => {
    throw new Error("the bucket did not answer in time; reload the widget");
  });
  try {
    return await Promise.race([asked(), late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}

function placeOf(context: WidgetEvent["widgetContext"]): WidgetPlace {
  const width = Number(context?.width);
  return { dark: context?.theme === "dark", ...(width > 0 && Number.isFinite(width) ? { width } : {}) };
}
