import type { CreateResourceMonitor, ResourceMonitorTrigger } from "../../../../dialect/index";
import type { ResourceMonitorDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { compilationError, invalidValue, SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { accountOf, requireSystemRole } from "../../../privileges/index";
import { createObject } from "../support/create";
import { Properties } from "../support/properties";

type Settings = Omit<ResourceMonitorDoc, "id" | "name" | "kind" | "createdOn" | "ownerId">;

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "NEVER"] as const;

const parseTime = (text: string, property: string): number => {
  const written = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text.replace(" ", "T");
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(written) ? written : `${written}Z`;
  const time = Date.parse(zoned);
  if (Number.isNaN(time)) throw invalidValue(text, property);
  return time;
};

/** How many triggers of an action a monitor can have. Source: https://docs.snowflake.com/en/sql-reference/sql/create-resource-monitor */
const MOST_TRIGGERS = { NOTIFY: 5, SUSPEND: 1, SUSPEND_IMMEDIATE: 1 };
const NUMBER_WORDS: Record<number, string> = { 1: "one", 5: "five" };

/** Errors: 001420 for more triggers of an action than a monitor can have. */
export function triggersOf(triggers: readonly ResourceMonitorTrigger[]): Settings["triggers"] {
  for (const [action, most] of Object.entries(MOST_TRIGGERS)) {
    if (triggers.filter((trigger) => trigger.action === action).length <= most) continue;
    const what = `${NUMBER_WORDS[most]} ${action.toLowerCase()} trigger${most === 1 ? "" : "s"}`;
    throw new SnowflakeError("001420", "22023", `A resource monitor can have at most ${what}.`);
  }
  return triggers.map(({ percent, action }) => ({ percent, action }));
}

/** What the properties say, changes only; `= NULL` clears. */
export function readMonitor(context: ExecutionContext, properties: Properties): Partial<Settings> {
  const changes: Partial<Settings> = {};
  if (properties.has("CREDIT_QUOTA")) changes.creditQuota = properties.integer("CREDIT_QUOTA", 0) ?? null;
  if (properties.has("FREQUENCY")) {
    changes.frequency = properties.word("FREQUENCY", FREQUENCIES) ?? null;
  }
  if (properties.has("START_TIMESTAMP")) {
    const start = properties.text("START_TIMESTAMP");
    changes.startTime =
      start === undefined
        ? null
        : start.toUpperCase() === "IMMEDIATELY"
          ? toMillis(context.now)
          : parseTime(start, "START_TIMESTAMP");
  }
  if (properties.has("END_TIMESTAMP")) {
    const end = properties.text("END_TIMESTAMP");
    changes.endTime = end === undefined ? null : parseTime(end, "END_TIMESTAMP");
  }
  if (properties.has("NOTIFY_USERS")) {
    const users = properties.list("NOTIFY_USERS") ?? [];
    for (const user of users) {
      if (!context.catalogue.find("USER", 0, user)) {
        throw compilationError("002003", "02000", `User '${user}' does not exist or not authorized.`);
      }
    }
    changes.notifyUsers = users;
  }
  if ((changes.frequency == null) !== (changes.startTime == null) && changes.frequency !== undefined) {
    throw compilationError("001003", "42000", "FREQUENCY and START_TIMESTAMP must be set together.");
  }
  return changes;
}

/** CREATE RESOURCE MONITOR: account administrators only. */
export async function createResourceMonitor(
  context: ExecutionContext,
  statement: CreateResourceMonitor,
): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const account = accountOf(context.catalogue);
      requireSystemRole(context, "ACCOUNTADMIN", account);
      const name = nameParts(context, statement.name).at(-1) as string;
      return createObject(context, unit, statement, {
        kind: "RESOURCE_MONITOR",
        name,
        container: account,
        title: "Resource monitor",
        existing: context.catalogue.find("RESOURCE_MONITOR", 0, name),
        draft() {
          const properties = new Properties(context, statement.properties);
          const settings = readMonitor(context, properties);
          properties.finish("RESOURCE_MONITOR");
          return {
            creditQuota: null,
            frequency: "MONTHLY" as const,
            startTime: toMillis(context.now),
            endTime: null,
            level: null,
            notifyUsers: [],
            ...settings,
            triggers: triggersOf(statement.triggers),
          };
        },
      });
    },
    { ddl: true },
  );
}
