import { prepareRecord, type RecordOptions } from "./prepareRecord";
import type { Rejection } from "./rejectedFile";
import { type Source, SourceError } from "./source";

export interface DryRunResult {
  valid: number;
  rejected: number;
  /** The first rejections, for a summary. */
  first: Rejection[];
  /** Why the source was not read to its end. */
  brokenOff?: SourceError;
}

const SHOWN = 20;

/** Checks every record of a source and sends nothing. */
export async function dryRun(source: Source, options: RecordOptions): Promise<DryRunResult> {
  const result: DryRunResult = { valid: 0, rejected: 0, first: [] };
  try {
    for await (const record of source.records) {
      const prepared = prepareRecord(record, options);
      if ("json" in prepared) {
        result.valid++;
        continue;
      }
      result.rejected++;
      if (result.first.length < SHOWN) result.first.push(prepared);
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    result.brokenOff = error;
  }
  return result;
}
