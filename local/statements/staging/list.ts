import type { List } from "../../../dialect/index";
import type { ResultColumn } from "../../execution/result";
import { listFiles, md5Of } from "../../stages/files";
import { resolveLocation } from "../../stages/location";
import { number, varchar } from "../../types/dataType";
import { Properties } from "../ddl/support/properties";
import type { StatementHandler } from "../handler";

const COLUMNS: ResultColumn[] = [
  { name: "name", type: varchar(), nullable: true },
  { name: "size", type: number(19, 0), nullable: true },
  { name: "md5", type: varchar(), nullable: true },
  { name: "last_modified", type: varchar(), nullable: true },
];

/** `Wed, 5 Aug 2020 16:58:16 GMT` */
const httpDate = (millis: number): string => new Date(millis).toUTCString().replace(/, 0/, ", ");

/** LIST @stage[/path] [PATTERN = '…']. Source: https://docs.snowflake.com/en/sql-reference/sql/list */
export const list: StatementHandler<List> = {
  async run(context, statement) {
    const properties = new Properties(context, statement.properties);
    const pattern = properties.text("PATTERN");
    properties.finish();
    const location = resolveLocation(context, statement.location, "READ");
    const rows: string[][] = [];
    for (const file of await listFiles(location, pattern)) {
      rows.push([`${location.label}${file.name}`, String(file.size), await md5Of(file), httpDate(file.lastModified)]);
    }
    return { columns: COLUMNS, rows };
  },
  describe: async () => COLUMNS,
};
