import type { Property } from "../../dialect/index";
import type { Act } from "../acts/act";
import { givenText, property } from "../properties";
import { onRefreshWarehouse } from "../refreshWarehouse";
import type { Breach, Rule } from "../rule";

const MAX_AUTO_SUSPEND_SECONDS = 60;

/** Warehouses are small and sleep; the refresh warehouse serves the dynamic table alone. */
export const TT09: Rule = {
  code: "TT09",
  title:
    "Warehouses are X-Small, suspend within 60 seconds and resume by themselves; the refresh warehouse serves the events table alone.",
  severity: "error",
  why:
    "The warehouse is billed by the second it is awake. Two tables need no larger one, and only a warehouse of its own shows " +
    "what the refresh costs.",
  examples: {
    fail: [
      "CREATE WAREHOUSE W WAREHOUSE_SIZE = 'LARGE' AUTO_SUSPEND = 60 AUTO_RESUME = TRUE;",
      "CREATE WAREHOUSE W WAREHOUSE_SIZE = XSMALL;",
      "ALTER WAREHOUSE CLAUDE_WAREHOUSE SET AUTO_SUSPEND = 3600;",
      "CREATE TASK CLAUDE_BI.MCP.T WAREHOUSE = DT_XS_WH SCHEDULE = '5 MINUTE' AS SELECT 1;",
      "USE WAREHOUSE DT_XS_WH;",
    ],
    pass: [
      "CREATE WAREHOUSE W WAREHOUSE_SIZE = 'X-SMALL' AUTO_SUSPEND = 60 AUTO_RESUME = TRUE;",
      "ALTER WAREHOUSE CLAUDE_WAREHOUSE SET AUTO_SUSPEND = 30;",
      "ALTER WAREHOUSE CLAUDE_WAREHOUSE RESUME;",
      "USE WAREHOUSE CLAUDE_WAREHOUSE;",
    ],
  },
  check(act, settings) {
    return [...sized(act), ...onRefreshWarehouse(act, settings)];
  },
};

function sized(act: Act): Breach[] {
  const { statement } = act;
  if (statement.kind === "CreateObject" && isWarehouse(statement.objectType)) {
    const breaches = limits(statement.properties, act);
    // An adaptive one, of which that is told already, has no AUTO_SUSPEND.
    if (!property(statement.properties, "AUTO_SUSPEND") && !isOf("ADAPTIVE", statement.properties, act)) {
      breaches.push({
        message: "The warehouse has no AUTO_SUSPEND; Snowflake's default is 600 seconds.",
        fix: "Say AUTO_SUSPEND = 60.",
        span: statement.name.span,
      });
    }
    if (isOf("SNOWPARK-OPTIMIZED", statement.properties, act) && !property(statement.properties, "WAREHOUSE_SIZE")) {
      breaches.push({
        message:
          "The warehouse has no WAREHOUSE_SIZE; Snowflake's default for one that is Snowpark-optimized is MEDIUM.",
        fix: "Say WAREHOUSE_SIZE = 'XSMALL' and leave WAREHOUSE_TYPE out.",
        span: statement.name.span,
      });
    }
    return breaches;
  }
  if (statement.kind !== "Alter" || !isWarehouse(statement.objectType)) return [];
  return statement.actions.flatMap((action): Breach[] => {
    if (action.kind === "SetProperties") return limits(action.properties, act);
    if (action.kind === "UnsetProperties" && action.names.includes("AUTO_SUSPEND")) {
      return [
        {
          message: "Unsets AUTO_SUSPEND; Snowflake's default is 600 seconds.",
          fix: "Say SET AUTO_SUSPEND = 60.",
          span: action.span,
        },
      ];
    }
    return [];
  });
}

const isOf = (type: string, properties: readonly Property[], act: Act): boolean =>
  givenText(property(properties, "WAREHOUSE_TYPE")?.value, act.constantOf)?.toUpperCase() === type;

const isWarehouse = (objectType: string): boolean => /^(INTERACTIVE )?WAREHOUSE$/.test(objectType);

function limits(properties: readonly Property[], act: Act): Breach[] {
  return properties.flatMap((one): Breach[] => {
    const text = givenText(one.value, act.constantOf)?.toUpperCase();
    switch (one.name) {
      case "WAREHOUSE_SIZE":
        return text === "XSMALL" || text === "X-SMALL"
          ? []
          : [
              {
                message: `The warehouse is ${text ?? "of a size known at run time"}; it must be X-Small.`,
                fix: "Say WAREHOUSE_SIZE = 'XSMALL'.",
                span: one.span,
              },
            ];
      case "WAREHOUSE_TYPE":
        return text === "ADAPTIVE"
          ? [
              {
                message: "The warehouse is adaptive: it has no size of its own and grows with what it is asked.",
                fix: "Say WAREHOUSE_TYPE = STANDARD and WAREHOUSE_SIZE = 'XSMALL'.",
                span: one.span,
              },
            ]
          : [];
      case "AUTO_SUSPEND": {
        const seconds = Number(text);
        const sleeps = seconds > 0 && seconds <= MAX_AUTO_SUSPEND_SECONDS;
        return sleeps
          ? []
          : [
              {
                message: `AUTO_SUSPEND is ${text ?? "known at run time"}${seconds === 0 ? ", which means never" : ""}; at most 60 seconds are allowed.`,
                fix: "Say AUTO_SUSPEND = 60.",
                span: one.span,
              },
            ];
      }
      case "ENABLE_QUERY_ACCELERATION":
        return text === "FALSE"
          ? []
          : [
              {
                message: "Query acceleration lends the warehouse more than its size.",
                fix: "Leave ENABLE_QUERY_ACCELERATION out.",
                span: one.span,
              },
            ];
      case "AUTO_RESUME":
        return text === "FALSE"
          ? [
              {
                message: "AUTO_RESUME is off: the first question of the morning would fail.",
                fix: "Say AUTO_RESUME = TRUE.",
                span: one.span,
              },
            ]
          : [];
      case "MAX_CLUSTER_COUNT":
      case "MIN_CLUSTER_COUNT":
        return Number(text) === 1
          ? []
          : [
              {
                message: `${one.name} is ${text ?? "known at run time"}: several X-Small clusters cost as much as a larger one.`,
                fix: `Say ${one.name} = 1.`,
                span: one.span,
              },
            ];
      default:
        return [];
    }
  });
}
