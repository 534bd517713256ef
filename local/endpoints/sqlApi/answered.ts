import { statementNotFound } from "../../errors";
import type { Row } from "../../execution/result";
import type { Answer } from "../../history/requestLog";
import { rowType } from "../../results/answer";
import { Spool } from "../../results/spool";
import type { Services } from "../../services";
import type { RowTypeEntry } from "../../types/rowType";
import type { Answered } from "./resultSet";

interface Data {
  rowtype: RowTypeEntry[];
  rowset: Row[];
  stats?: Answered["stats"];
  resultIds?: string;
  chunks?: unknown[];
}

/** A successful answer of the wire protocol. Error: 000709 its rows were on disk and are gone. */
export function fromAnswer(services: Services, handle: string, answer: Answer): Answered {
  const { rowtype, rowset, stats, resultIds, chunks } = answer.data as Data;
  const rows = chunks ? services.results.get(handle)?.rows : rowset;
  if (!Array.isArray(rows) && !(rows instanceof Spool)) throw statementNotFound(handle);
  return {
    rowType: rowtype,
    rows,
    ...(stats ? { stats } : {}),
    ...(resultIds ? { handles: resultIds.split(",") } : {}),
  };
}

/** A result that is kept, of whichever request: the statements of a request of several have no answer of their own. */
export function fromResults(services: Services, handle: string, userId: number): Answered | undefined {
  const result = services.results.get(handle, userId);
  if (!result || !(Array.isArray(result.rows) || result.rows instanceof Spool)) return undefined;
  return { rowType: rowType(result.columns), rows: result.rows };
}
