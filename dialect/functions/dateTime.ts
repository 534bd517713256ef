import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-period */
export const periodFunctions = define(
  "period",
  {},
  `PERIOD_CONSTRUCT(any, any) period
  PERIOD_BEGIN PERIOD_END(period) any
  PERIOD_CONTAINS(period, any) boolean
  PERIOD_EQUALS PERIOD_OVERLAPS PERIOD_MEETS PERIOD_PRECEDES PERIOD_SUCCEEDS(period, period) boolean
  PERIOD_IMMEDIATELY_PRECEDES PERIOD_IMMEDIATELY_SUCCEEDS(period, period) boolean
  PERIOD_INTERSECT PERIOD_LDIFF PERIOD_RDIFF(period, period) same`,
);

/** https://docs.snowflake.com/en/sql-reference/functions-date-time */
export const dateTimeFunctions = [
  ...define(
    "date and time",
    {},
    `DATE_FROM_PARTS DATEFROMPARTS(integer, integer, integer) date
    TIME_FROM_PARTS TIMEFROMPARTS(integer, integer, integer, integer?) time
    TIMESTAMP_FROM_PARTS TIMESTAMPFROMPARTS(any, any, integer?, integer?, integer?, integer?, integer?, text?) timestamp
    TIMESTAMP_NTZ_FROM_PARTS TIMESTAMPNTZFROMPARTS(any, any, integer?, integer?, integer?, integer?, integer?) timestamp_ntz
    TIMESTAMP_LTZ_FROM_PARTS TIMESTAMPLTZFROMPARTS(integer, integer, integer, integer, integer, integer, integer?) timestamp_ltz
    TIMESTAMP_TZ_FROM_PARTS TIMESTAMPTZFROMPARTS(integer, integer, integer, integer, integer, integer, integer?, text?) timestamp_tz
    DATE_PART EXTRACT(text, any) number
    DAYNAME MONTHNAME(any) text
    HOUR MINUTE SECOND(any) integer
    YEAR YEAROFWEEK YEAROFWEEKISO DAY DAYOFMONTH DAYOFWEEK DAYOFWEEKISO DAYOFYEAR WEEK WEEKOFYEAR WEEKISO MONTH QUARTER(any) integer
    LAST_DAY(any, text?) date
    NEXT_DAY PREVIOUS_DAY(any, text) date
    ADD_MONTHS(any, integer) same
    DATEADD TIMEADD TIMESTAMPADD(text, number, any) any
    DATEDIFF TIMEDIFF TIMESTAMPDIFF(text, any, any) integer
    MONTHS_BETWEEN(any, any) float
    DATE_TRUNC(any, any) any
    TIME_SLICE(any, integer, text, text?) same
    TRUNC TRUNCATE(any, any?) same
    CONVERT_TIMEZONE(text, any, any?) timestamp`,
  ),
  ...define(
    "date and time",
    { determinism: "session" },
    "LAST_SUCCESSFUL_SCHEDULED_TIME SCHEDULED_TIME() timestamp_ltz",
  ),
];
