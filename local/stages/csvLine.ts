import type { DataType } from "../types/dataType";
import { type FileFormat, flag, optionList, optionText } from "./format";

/** Writes a line of CSV from the texts of its fields, as the format says. */
export function csvLineWriter(
  format: FileFormat,
  types: readonly DataType[],
): (fields: readonly (string | null)[]) => string {
  const field = optionText(format, "FIELD_DELIMITER") ?? "";
  const record = optionText(format, "RECORD_DELIMITER") ?? "";
  const enclosure = optionText(format, "FIELD_OPTIONALLY_ENCLOSED_BY");
  const escapeAll = optionText(format, "ESCAPE");
  const escapeUnenclosed = escapeAll ?? optionText(format, "ESCAPE_UNENCLOSED_FIELD");
  const nullText = optionList(format, "NULL_IF")[0] ?? "";
  // Numbers and truth values stand bare.
  const isBare = types.map(({ kind }) => kind === "NUMBER" || kind === "FLOAT" || kind === "BOOLEAN");
  const special = [escapeUnenclosed, field[0], record[0], "\n", "\r"].filter((c): c is string => Boolean(c));
  const unenclosed = (text: string): string => {
    if (escapeUnenclosed === undefined || !special.some((c) => text.includes(c))) return text;
    return [...text]
      .map((c) => (special.includes(c) ? `${escapeUnenclosed}${c === "\n" ? "n" : c === "\r" ? "r" : c}` : c))
      .join("");
  };
  const enclosed = (text: string, by: string): string => {
    const escaped = escapeAll === undefined ? text : text.replaceAll(escapeAll, escapeAll + escapeAll);
    return `${by}${escaped.replaceAll(by, (escapeAll ?? by) + by)}${by}`;
  };
  const keepsEmpty = !flag(format, "EMPTY_FIELD_AS_NULL");
  return (fields) =>
    fields
      .map((text, i) => {
        if (text === null) return nullText;
        if (enclosure !== undefined && !isBare[i] && !(text === "" && keepsEmpty)) return enclosed(text, enclosure);
        return unenclosed(text);
      })
      .join(field) + record;
}
