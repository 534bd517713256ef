import type { Remove } from "../../../dialect/index";
import type { ResultColumn } from "../../execution/result";
import { listFiles, removeFiles } from "../../stages/files";
import { resolveLocation } from "../../stages/location";
import { varchar } from "../../types/dataType";
import { Properties } from "../ddl/support/properties";
import type { StatementHandler } from "../handler";

const COLUMNS: ResultColumn[] = [
  { name: "name", type: varchar(), nullable: true },
  { name: "result", type: varchar(), nullable: true },
];

/** REMOVE @stage[/path] [PATTERN = '…']. Source: https://docs.snowflake.com/en/sql-reference/sql/remove */
export const remove: StatementHandler<Remove> = {
  async run(context, statement) {
    const properties = new Properties(context, statement.properties);
    const pattern = properties.text("PATTERN");
    properties.finish();
    const location = resolveLocation(context, statement.location, "WRITE");
    const files = await listFiles(location, pattern);
    await removeFiles(location, files);
    return { columns: COLUMNS, rows: files.map((file) => [`${location.label}${file.name}`, "removed"]) };
  },
  describe: async () => COLUMNS,
};
