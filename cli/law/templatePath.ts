import { relative, resolve, sep } from "node:path";
import { SQL_ROOT } from "../../components/renderSql";

/** The path below `sql/` of a template of this warehouse; undefined for every other file. */
export function templatePath(file: string): string | undefined {
  const path = relative(SQL_ROOT, resolve(file));
  return path.startsWith("..") ? undefined : path.split(sep).join("/");
}

/** Fragments are no statements: they are judged in the templates that include them. */
export const isFragment = (file: string): boolean => templatePath(file)?.startsWith("fragments/") ?? false;
