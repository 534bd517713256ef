import { randomBytes } from "node:crypto";
import type { Clock } from "../clock";
import { toMillis } from "../clock";

/** Where the server takes and gives files over HTTP. */
export const STAGE_FILES = "stage-files";

/** What a client may do that was told where its files are. */
export interface Transfer {
  /** On the disk; names of files lie below it. */
  directory: string;
  mode: "READ" | "WRITE";
  /** A file that is there already is not written over: the client is told so. */
  onlyNew?: boolean;
}

const VALID_FOR_MS = 3_600_000;

/** Open transfers of clients that send files over HTTP, by token. They end with the server, or after an hour. */
export class Transfers {
  private readonly open = new Map<string, Transfer & { until: number }>();

  constructor(private readonly clock: Clock) {}

  /** The token that stands for the transfer. */
  begin(transfer: Transfer): string {
    const now = toMillis(this.clock.nowMicros());
    for (const [token, { until }] of this.open) if (until <= now) this.open.delete(token);
    const token = randomBytes(24).toString("base64url");
    this.open.set(token, { ...transfer, until: now + VALID_FOR_MS });
    return token;
  }

  find(token: string): Transfer | undefined {
    const found = this.open.get(token);
    return found && found.until > toMillis(this.clock.nowMicros()) ? found : undefined;
  }
}
