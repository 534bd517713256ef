import type { Node } from "../../../ast/index";
import type { RefreshRule, Report } from "../reason";

const DATE_AND_TIME =
  "https://docs.snowflake.com/en/sql-reference/data-types-datetime#limitations-for-interval-data-types";

export const dataTypes: RefreshRule = (report) => ({
  Cast(node, ancestors) {
    if (node.type.name.startsWith("INTERVAL") && isColumn(ancestors)) refuseInterval(report, node);
  },
  IntervalLiteral(node, ancestors) {
    if (node.unit !== undefined && isColumn(ancestors)) refuseInterval(report, node);
  },
  DataType(type) {
    if (type.name === "GEOGRAPHY" || type.name === "GEOMETRY") {
      report(type, {
        construct: "Geospatial data",
        message: `${type.name} refreshes in full only.`,
        fix: "Keep coordinates as numbers or text and cast in a view over the dynamic table.",
      });
    } else if (
      type.name === "MAP" ||
      type.fields !== undefined ||
      (type.name === "ARRAY" && type.elements !== undefined)
    ) {
      report(type, {
        construct: "Structured data type",
        message: "Dynamic tables support structured OBJECT, ARRAY and MAP in no refresh mode.",
        fix: "Use VARIANT, OBJECT or ARRAY without a defined schema.",
        supportedInFull: false,
      });
      return false;
    }
    return undefined;
  },
});

/** True for a whole item of the outermost SELECT, which is a column of the dynamic table. */
const isColumn = (ancestors: readonly Node[]): boolean =>
  ancestors.at(-1)?.kind === "SelectItem" && ancestors.filter(({ kind }) => kind === "Select").length === 1;

function refuseInterval(report: Report, node: Node): void {
  report(node, {
    construct: "Interval column",
    message: "A dynamic table cannot have a column of an interval data type.",
    fix: "Keep the number of months or seconds, for example with DATEDIFF.",
    supportedInFull: false,
    page: DATE_AND_TIME,
  });
}
