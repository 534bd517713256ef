import type { ObjectDoc } from "../catalogue/model";
import { retentionDays } from "../retention/retentionDays";
import type { WriteUnit } from "../store/writeUnit";

const DAY = 86_400_000;
/** MAX_DATA_EXTENSION_TIME_IN_DAYS by default: changes are kept so long at least for a stream that was not read. */
const EXTENSION_DAYS = 14;

/** Until when a stream that was created or read at `now` can be read again. Milliseconds. */
export const staleAfter = (unit: WriteUnit, source: ObjectDoc | undefined, now: number): number =>
  now + Math.max(EXTENSION_DAYS, source ? retentionDays(unit.catalogue.snapshot, source) : 0) * DAY;
