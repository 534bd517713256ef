import type { ColumnReference } from "../../ast/index";

/** Functions that take the word for a date or time part, which looks like a column. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  "DATEADD TIMEADD TIMESTAMPADD DATEDIFF TIMEDIFF TIMESTAMPDIFF DATE_TRUNC TRUNC DATE_PART LAST_DAY NEXT_DAY".split(
    " ",
  ),
);

/** https://docs.snowflake.com/en/sql-reference/functions-date-time#supported-date-and-time-parts */
const PARTS: ReadonlySet<string> = new Set(
  (
    "YEAR Y YY YYY YYYY YR YEARS YRS MONTH MM MON MONS MONTHS DAY D DD DAYS DAYOFMONTH DAYOFWEEK WEEKDAY DOW DW " +
    "DAYOFWEEKISO WEEKDAY_ISO DOW_ISO DW_ISO DAYOFYEAR YEARDAY DOY DY WEEK W WK WEEKOFYEAR WOY WY WEEKISO WEEK_ISO " +
    "WEEKOFYEARISO WEEKOFYEAR_ISO QUARTER Q QTR QTRS QUARTERS YEAROFWEEK YEAROFWEEKISO HOUR H HH HR HOURS HRS MINUTE M " +
    "MI MIN MINUTES MINS SECOND S SEC SECONDS SECS MILLISECOND MS MSEC MILLISECONDS MICROSECOND US USEC MICROSECONDS " +
    "NANOSECOND NS NSEC NANOSEC NSECOND NANOSECONDS NANOSECS NSECONDS EPOCH EPOCH_SECOND EPOCH_SECONDS EPOCH_MILLISECOND " +
    "EPOCH_MILLISECONDS EPOCH_MICROSECOND EPOCH_MICROSECONDS EPOCH_NANOSECOND EPOCH_NANOSECONDS TIMEZONE_HOUR TZH " +
    "TIMEZONE_MINUTE TZM"
  ).split(" "),
);

export const takesDatePart = (functionName: string): boolean => FUNCTIONS.has(functionName);

export const isDatePart = ({ parts }: ColumnReference): boolean =>
  parts.length === 1 && !parts[0]!.quoted && PARTS.has(parts[0]!.value);
