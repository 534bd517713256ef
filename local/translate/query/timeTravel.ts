import type { Changes, TimeTravel } from "../../../dialect/index";
import type { DynamicTableDoc, TableDoc } from "../../catalogue/model";
import { compilationError, SnowflakeError, statementNotFound, unsupportedFeature } from "../../errors";
import { fullName } from "../../names/resolve";
import { objectParameter } from "../../parameters/effective";
import { columnName, deletedRowsName, tableName } from "../../store/physical";
import { BOOLEAN, timestampLtz, varchar } from "../../types/dataType";
import type { Binder } from "../binder";
import { constantNumber, constantText } from "../bound";
import { cast } from "../conversion/cast";
import type { ScopeColumn } from "../scope";
import { quote } from "../sql";

type Stored = TableDoc | DynamicTableDoc;

/** A point in time as SQL of a version: versions are the microseconds of their commits. */
function versionOf(binder: Binder, travel: TimeTravel): string {
  const { context } = binder;
  const value = binder.expression(travel.value);
  switch (travel.point) {
    case "TIMESTAMP":
      return `epoch_us(${cast(value, timestampLtz(), binder.settings).sql})`;
    case "OFFSET": {
      const seconds = constantNumber(value) ?? Number.NaN;
      if (Number.isNaN(seconds)) return `(${context.now} + (${value.sql} * 1000000)::BIGINT)`;
      return String(context.now + BigInt(Math.round(seconds * 1_000_000)));
    }
    case "STATEMENT": {
      const id = constantText(value);
      const { history } = context.services;
      const entry = id === undefined ? undefined : history.get(id);
      if (!entry) throw statementNotFound(id ?? binder.source(travel.value.span));
      // Source: …/constructs/at-before: DML, TCL and SELECT.
      if (/^(?:CREATE|ALTER|DROP|UNDROP)/.test(entry.queryType))
        throw new SnowflakeError(
          "000708",
          "02000",
          `Statement ${entry.queryId} cannot be used to specify time for time travel query.`,
        );
      // Milliseconds are what history keeps; a statement's own changes lie between its start and their commit.
      if (travel.when === "BEFORE") return String(BigInt(entry.startTime) * 1000n);
      return String(BigInt(history.visibleFrom(entry)) * 1000n + 999n);
    }
    default:
      throw unsupportedFeature(`${travel.when} (${travel.point} => …)`);
  }
}

function checkRetention(binder: Binder, doc: Stored, version: string): string {
  const days = Number(objectParameter(binder.context.catalogue, doc, "DATA_RETENTION_TIME_IN_DAYS").value);
  const oldest = binder.context.now - BigInt(Math.round(days * 86_400)) * 1_000_000n;
  const born = BigInt(doc.createdOn) * 1000n;
  // Retention may have been longer or shorter once: what is gone does not come back with it.
  const kept = BigInt(doc.historyFrom ?? 0);
  const limit = [oldest, born, kept].reduce((a, b) => (a > b ? a : b));
  const message = `Time travel data is not available for table ${doc.name}. The requested time is either beyond the allowed time travel period or before the object creation time.`;
  if (/^\d+$/.test(version)) {
    if (BigInt(version) < limit) throw new SnowflakeError("000707", "02000", message);
    return version;
  }
  return `CASE WHEN ${version} < ${limit} THEN error(chr(1) || ${quote(`000707|02000|${message}`)} || chr(2))::BIGINT ELSE ${version} END`;
}

/** The rows of a table as they were at a point in time. */
export function rowsAt(binder: Binder, doc: Stored, travel: TimeTravel): string {
  const version = checkRetention(binder, doc, versionOf(binder, travel));
  const before = travel.when === "BEFORE";
  const columns = doc.columns.map((c) => columnName(c)).join(", ");
  const list = columns ? `${columns}, _rid, _ver` : "_rid, _ver";
  const seen = before ? "<" : "<=";
  const gone = before ? ">=" : ">";
  return `(SELECT ${list} FROM ${tableName(doc.id)} WHERE _ver ${seen} ${version} UNION ALL SELECT ${list} FROM ${deletedRowsName(doc.id)} WHERE _ver ${seen} ${version} AND _del ${gone} ${version})`;
}

/** CHANGES: rows inserted, deleted or replaced between two points, with the METADATA$ columns. */
export function changedRows(binder: Binder, doc: Stored, changes: Changes): { sql: string; columns: ScopeColumn[] } {
  if (doc.kind === "TABLE" && !doc.changeTracking) {
    throw compilationError(
      "002094",
      "42601",
      `Change tracking is not enabled or has been missing for the time range requested on table '${fullName(binder.context.catalogue, doc)}'.`,
    );
  }
  const { at } = changes;
  if (at === undefined) throw unsupportedFeature("CHANGES without AT or BEFORE");
  const from = checkRetention(binder, doc, versionOf(binder, at));
  const to = changes.end ? versionOf(binder, changes.end) : "9223372036854775807";
  const columns = doc.columns.map((c) => columnName(c));
  const sql = changeSet(
    doc,
    columns,
    at.when === "BEFORE" ? `(${from} - 1)` : from,
    to,
    changes.information === "APPEND_ONLY",
  );
  return {
    sql,
    columns: [
      { name: "METADATA$ACTION", sql: "_action", type: varchar(10), nullable: false },
      { name: "METADATA$ISUPDATE", sql: "_update", type: BOOLEAN, nullable: false },
      { name: "METADATA$ROW_ID", sql: "_row", type: varchar(40), nullable: false },
    ],
  };
}

/** What changed in (from, to], net: a row inserted and deleted within the span does not show. */
export function changeSet(
  doc: Stored,
  columns: readonly string[],
  from: string,
  to: string,
  appendOnly: boolean,
): string {
  const list = [...columns, "_rid"].join(", ");
  const table = tableName(doc.id);
  const old = deletedRowsName(doc.id);
  const visibleAt = (v: string) =>
    `SELECT ${list}, _ver FROM ${table} WHERE _ver <= ${v} UNION ALL SELECT ${list}, _ver FROM ${old} WHERE _ver <= ${v} AND _del > ${v}`;
  const row = `md5(${quote(`${doc.id}:`)} || n._rid) AS _row`;
  if (appendOnly) {
    return `(SELECT ${columns
      .map((c) => `n.${c}`)
      .concat("'INSERT' AS _action", "FALSE AS _update", row)
      .join(
        ", ",
      )} FROM (SELECT ${list}, _ver FROM ${table} WHERE _ver > ${from} UNION ALL SELECT ${list}, _ver FROM ${old} WHERE _ver > ${from}) AS n WHERE n._ver <= ${to} AND n._rid NOT IN (SELECT _rid FROM (${visibleAt(from)})) QUALIFY row_number() OVER (PARTITION BY n._rid ORDER BY n._ver) = 1)`;
  }
  const side = (now: string, other: string, action: string) =>
    `SELECT ${columns
      .map((c) => `n.${c}`)
      .concat(`'${action}' AS _action`, "(o._rid IS NOT NULL) AS _update", row)
      .join(
        ", ",
      )} FROM (${visibleAt(now)}) AS n LEFT JOIN (${visibleAt(other)}) AS o ON n._rid = o._rid WHERE o._rid IS NULL OR o._ver <> n._ver`;
  return `(${side(to, from, "INSERT")} UNION ALL ${side(from, to, "DELETE")})`;
}
