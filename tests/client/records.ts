import { RecordEncoder, type Records } from "../../client/spool/record";

/** JSON texts as the records that a spool takes. */
export function recordsOf(events: readonly string[]): Records {
  const encoder = new RecordEncoder();
  for (const json of events) encoder.add(json);
  return encoder.finish();
}
