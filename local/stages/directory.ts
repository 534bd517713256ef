import type { DirectoryTable, Property } from "../../dialect/index";
import type { DirectoryEntry, StageDoc } from "../catalogue/model";
import { doesNotExistOrNotAuthorized } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { ResultColumn, Row } from "../execution/result";
import { fullName } from "../names/resolve";
import { rowsAsRelation } from "../results/relation";
import { Properties } from "../statements/ddl/support/properties";
import type { Binder } from "../translate/binder";
import { number, timestampTz, varchar } from "../types/dataType";
import { listFiles, md5Of } from "./files";
import { resolveLocation, stageLocation } from "./location";

/** Source: https://docs.snowflake.com/en/user-guide/data-load-dirtables-query */
const COLUMNS: ResultColumn[] = [
  { name: "RELATIVE_PATH", type: varchar(), nullable: true },
  { name: "SIZE", type: number(38, 0), nullable: true },
  { name: "LAST_MODIFIED", type: timestampTz(3), nullable: true },
  { name: "MD5", type: varchar(), nullable: true },
  { name: "ETAG", type: varchar(), nullable: true },
  { name: "FILE_URL", type: varchar(), nullable: true },
];

const notEnabled = ({ name }: StageDoc) => doesNotExistOrNotAuthorized("Directory table", name);

/** Characters of a path other than letters, digits, `_` and `-` are written by their bytes. */
const encoded = (path: string): string =>
  [...Buffer.from(path)]
    .map((byte) =>
      /[\w-]/.test(String.fromCharCode(byte)) && byte < 128
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, "0")}`,
    )
    .join("");

function rowsOf(context: ExecutionContext, id: number): Row[] {
  const stage = context.catalogue.get("STAGE", id);
  if (!stage) return [];
  const place = fullName(context.catalogue, stage).split(".").join("/");
  const host = `${context.services.account.locator.toLowerCase()}.snowflakecomputing.com`;
  return (stage.directory?.files ?? []).map(({ path, size, lastModified, md5 }) => [
    path,
    String(size),
    `${(Math.trunc(lastModified) / 1000).toFixed(3)} 1440`,
    md5,
    md5,
    `https://${host}/api/files/${place}/${encoded(path)}`,
  ]);
}

/** `FROM DIRECTORY(@stage)`: the files that the last refresh saw. */
export function directoryRelation(binder: Binder, reference: DirectoryTable) {
  const { context } = binder;
  const { stage } = resolveLocation(context, reference.stage, "READ");
  if (!stage?.directory?.enable)
    throw stage ? notEnabled(stage) : doesNotExistOrNotAuthorized("Directory table", reference.stage.text);
  binder.shared.deterministic = false;
  binder.shared.capture?.refuse("a directory table");
  const { sql, prerequisite } = rowsAsRelation(COLUMNS, () => rowsOf(context, stage.id));
  binder.shared.prerequisites.push(prerequisite);
  return { sql, columns: COLUMNS };
}

const REFRESHED: ResultColumn[] = ["file", "status", "description"].map((name) => ({
  name,
  type: varchar(),
  nullable: true,
}));

/**
 * ALTER STAGE … REFRESH [SUBPATH = '…']: the files as they are now, below the path, and what has changed since the refresh before.
 * Source: https://docs.snowflake.com/en/user-guide/data-load-dirtables-manage
 */
export async function refreshDirectory(
  context: ExecutionContext,
  stage: StageDoc,
  given: readonly Property[],
): Promise<{ files: DirectoryEntry[]; columns: ResultColumn[]; rows: Row[] }> {
  const properties = new Properties(context, given);
  const subpath = properties.text("SUBPATH") ?? "";
  properties.finish("STAGE");
  if (!stage.directory?.enable) throw notEnabled(stage);
  const location = stageLocation(context, stage, subpath);
  const before = new Map((stage.directory.files ?? []).map((entry) => [entry.path, entry]));
  const rows: Row[] = [];
  const found: DirectoryEntry[] = [];
  for (const file of await listFiles(location)) {
    const entry = { path: file.name, size: file.size, lastModified: file.lastModified, md5: await md5Of(file) };
    const known = before.get(file.name);
    before.delete(file.name);
    found.push(entry);
    if (!known) rows.push([file.name, "REGISTERED_NEW", "File registered successfully."]);
    else if (known.md5 !== entry.md5 || known.lastModified !== entry.lastModified)
      rows.push([file.name, "REGISTERED_UPDATE", "File registered successfully."]);
  }
  for (const entry of before.values()) {
    if (entry.path.startsWith(location.prefix))
      rows.push([entry.path, "UNREGISTERED", "File unregistered successfully."]);
    else found.push(entry);
  }
  const files = found.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, columns: REFRESHED, rows };
}
