import { prepareRecord, type RecordOptions } from "./prepareRecord";
import type { Rejection } from "./rejectedFile";
import type { Source } from "./source";

const SHOWN = 20;

/** Checks every record of a source and sends nothing. */
export async function dryRun(source: Source, options: RecordOptions) {
  const first: Rejection[] = [];
  let valid = 0;
  let rejected = 0;
  for await (const record of source.records) {
    const prepared = prepareRecord(record, options);
    if ("json" in prepared) {
      valid++;
      continue;
    }
    rejected++;
    if (first.length < SHOWN) first.push(prepared);
  }
  return { valid, rejected, first };
}
