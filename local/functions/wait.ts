import { sleep } from "../clock";
import { constantNumber, constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type FunctionTable, scalar } from "./call";

const MILLISECONDS: Record<string, number> = {
  MILLISECONDS: 1,
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
};

export const waitFunctions: FunctionTable = {
  /** Waits before the statement runs. Source: https://docs.snowflake.com/en/sql-reference/functions/system_wait */
  SYSTEM$WAIT: scalar(
    1,
    2,
    (call) => {
      const { context, shared } = call.binder;
      const amount = constantNumber(call.arg(0));
      const unit = call.has(1) ? constantText(call.arg(1))?.toUpperCase() : "SECONDS";
      if (amount === undefined || amount < 0)
        throw call.error("001015", "22023", "SYSTEM$WAIT expects a number not below 0 as a constant");
      if (unit === undefined || !Object.hasOwn(MILLISECONDS, unit))
        throw call.error(
          "001015",
          "22023",
          "SYSTEM$WAIT expects DAYS, HOURS, MINUTES, SECONDS or MILLISECONDS as a constant",
        );
      shared.prerequisites.push(() =>
        sleep(context.services.clock, amount * (MILLISECONDS[unit] ?? 0), context.signal),
      );
      return call.result(quote(`waited ${amount} ${unit.toLowerCase()}`), varchar(), false);
    },
    { volatile: true },
  ),
};
