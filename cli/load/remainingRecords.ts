import { crc32 } from "node:zlib";
import type { LoadState } from "./loadState";
import type { Source, SourceRecord } from "./source";

/** What an earlier load took from a source is not there any more as it was. */
export class ChangedSourceError extends Error {
  override name = "ChangedSourceError";

  /** @param isOther all that was in the earlier one was loaded, and this one begins otherwise: it is another file of the same name */
  constructor(
    name: string,
    records: number,
    readonly isOther: boolean,
  ) {
    super(
      `${name} has changed in the first ${records} records, which an earlier load dealt with. --restart loads all of it, what was loaded before as new events`,
    );
  }
}

/** Of records one behind the other. */
export const checksumOf = (checksum: number, { text }: SourceRecord): number => crc32(text, checksum);

/** The state goes on behind a load that was finished. */
export const wasLoadedBefore = ({ records, openEnd, accepted, deadLettered, rejected }: LoadState): boolean =>
  (records > 0 || openEnd !== undefined) && accepted + deadLettered + rejected === 0;

/**
 * The records that no earlier load has dealt with. A last one that nothing ended is dealt with when it is still what it was; it may have
 * been written to its end since, or cut off.
 * @param onChangedEnd told when it was loaded as an event and is another one now
 * @throws ChangedSourceError when those before are not what they were
 */
export async function* remainingRecords(
  { name, records }: Source,
  state: LoadState,
  onChangedEnd?: () => void,
): AsyncGenerator<SourceRecord> {
  const skip = state.records;
  const wasFinished = wasLoadedBefore(state);
  let isOther = true;
  const changed = () => new ChangedSourceError(name, skip, wasFinished && isOther);
  let skipped = 0;
  let checksum = 0;
  for await (const record of records) {
    if (skipped < skip) {
      if (skipped === 0) isOther = checksumOf(0, record) !== state.first;
      checksum = checksumOf(checksum, record);
      if (++skipped === skip && state.checksum !== 0 && checksum !== state.checksum) throw changed();
    } else {
      const { openEnd } = state;
      if (isOpenEnd(record, state)) continue;
      if (openEnd?.rejectedBytes === state.rejectedBytes) onChangedEnd?.();
      yield record;
    }
  }
  if (skipped < skip) throw changed();
}

/** Whether this is the record at the open end; the state is brought to what has become of it. */
function isOpenEnd(record: SourceRecord, state: LoadState): boolean {
  const { openEnd } = state;
  if (openEnd === undefined) return false;
  const isSame = checksumOf(0, record) === openEnd.checksum;
  if (isSame && record.isOpen) return true;
  state.openEnd = undefined;
  if (!isSame) return false;
  if (state.records === 0) state.first ??= openEnd.checksum;
  state.records++;
  state.checksum = checksumOf(state.checksum, record);
  state.rejectedBytes = openEnd.rejectedBytes;
  return true;
}
