import { MARCH } from "./plans";

/** What a plan says wrong, and the path and message of each error. */
export const REJECTED: [string, unknown, [string, RegExp][]][] = [
  [
    "no object",
    5,
    [
      ["", /^plan must be an object, found INTEGER$/],
      ["actions", /must be an array of 1 to 20 action names/],
    ],
  ],
  ["no actions", { window: MARCH }, [["actions", /^actions: must be an array of 1 to 20 action names$/]]],
  [
    "a malformed action and one without permission",
    { actions: ["Price Seen", "salary.paid"], window: MARCH },
    [
      ["actions[0]", /"Price Seen" is not an action name; expected noun.verb_past/],
      ["actions[1]", /you have no permission for "salary.paid"; MCP.MY_PERMISSIONS shows what you may query/],
    ],
  ],
  ["a denied action", { actions: ["secret.told"], window: MARCH }, [["actions[0]", /you are denied "secret.told"/]]],
  [
    "an unknown window",
    { actions: ["price.seen"], window: "last_week" },
    [["window", /must be last_24h, last_7d, last_30d, last_90d or/]],
  ],
  [
    "a window backwards",
    { actions: ["price.seen"], window: { from: MARCH.to, to: MARCH.from } },
    [["window", /from before to/]],
  ],
  [
    "a window without offset",
    { actions: ["price.seen"], window: { from: "2026-03-01", to: "2026-03-02" } },
    [["window", /ISO 8601 times with an offset/]],
  ],
  [
    "an unknown part",
    { actions: ["price.seen"], window: MARCH, where: "1=1" },
    [["where", /is not part of a plan; allowed are actions, window, filters/]],
  ],
  [
    "unknown field, op and value at once",
    {
      actions: ["price.seen"],
      window: MARCH,
      filters: [
        { field: "payload", op: "=", value: 1 },
        { field: "actor_id", op: "like", value: "u%" },
        { field: "actor_id", op: "=", value: null },
        { field: "revenue_impact", op: ">", value: "5" },
        { field: "occurred_at", op: ">", value: "yesterday" },
        { field: "actor_id", op: "in", value: [] },
        { field: "actor_id", op: "between", value: ["a"] },
        "actor_id = 1",
      ],
    },
    [
      [
        "filters[0].field",
        /^filters\[0\].field: field "payload" is unknown; allowed are event_id, occurred_at, .*attributes.<path>$/,
      ],
      [
        "filters[1].op",
        /^filters\[1\].op: op "like" is unknown; allowed are =, !=, <, <=, >, >=, in, not_in, between, contains/,
      ],
      ["filters[2].value", /use is_null to find missing values/],
      ["filters[3].value", /value must be a number/],
      ["filters[4].value", /value must be an ISO 8601 time with an offset/],
      ["filters[5].value", /value must be an array of 1 to 1000 values/],
      ["filters[6].value", /value must be an array of two values/],
      ["filters[7]", /must be an object such as/],
    ],
  ],
  [
    "groupings, measures, order and limit",
    {
      actions: ["price.seen"],
      window: MARCH,
      group_by: ["payload; DROP VIEW MCP.DEAD_LETTERS", 7],
      measures: ["count(*)", "mode(attributes.price)", "sum", "count", "count"],
      order_by: ["SNOWFLAKE.ACCOUNT_USAGE.USERS.NAME", { field: "count", direction: "up" }],
      limit: 0,
    },
    [
      ["group_by[0]", /field "payload; DROP VIEW MCP.DEAD_LETTERS" is unknown; allowed are/],
      ["group_by[1]", /must be the name of a field/],
      ["limit", /must be a whole number from 1 to 1000000/],
      ["measures", /"count" names more than one column; give a measure another name with "as"/],
      ["measures[0]", /field "\*" is unknown/],
      ["measures[1]", /measure "mode\(attributes.price\)" is unknown; allowed are count, count_distinct\(field\)/],
      ["measures[2]", /sum needs a field, such as sum\(actor_id\)/],
      ["order_by[0]", /is not a column of the answer; allowed are the names in group_by and measures/],
      ["order_by[1]", /direction must be asc or desc/],
    ],
  ],
  [
    "relations",
    {
      actions: ["price.seen"],
      window: MARCH,
      relate: [{ relationship: "next", action: "price.seen" }, { relationship: "last_ever", action: "salary.paid" }, 5],
    },
    [
      ["relate[0]", /relationship must be one of first_ever, last_ever, first_before/],
      ["relate[1].action", /you have no permission for "salary.paid"/],
      ["relate[2]", /must be an object such as/],
    ],
  ],
];
