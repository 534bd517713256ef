import { createRequire } from "node:module";

/** What is needed of an axios request here. */
interface DriverRequest {
  url?: string;
  signal?: AbortSignal;
  snowflakeRetryConfig?: object;
}

const watched = new Map<string, AbortSignal>();
let installed: boolean | undefined;

/**
 * Takes the retries of one request away from the driver and makes it abortable.
 *
 * snowflake-sdk sends a failed query up to 1000 times, 1 to 16 s apart, and offers no way to stop: a client that wants its
 * own back-off, its own count of failures and a shut-down in time has to get in between. Requests of anybody else are left as they are.
 * With a driver that is built differently nothing happens and its own retries stay, with the same request id, which is slower and as safe.
 * @returns whether the driver obeys
 */
export function ownRetries(requestId: string, signal: AbortSignal): boolean {
  installed ??= install();
  if (installed) watched.set(requestId, signal);
  return installed;
}

/** Ends what {@link ownRetries} began. */
export function releaseRequest(requestId: string): void {
  watched.delete(requestId);
}

function install(): boolean {
  try {
    const driver = createRequire(__filename)("snowflake-sdk/dist/lib/http/axios_instance").default;
    driver.interceptors.request.use((request: DriverRequest) => {
      const requestId = /\/queries\/v1\/query-request\?.*\brequestId=([^&]+)/.exec(request.url ?? "")?.[1];
      const signal = requestId === undefined ? undefined : watched.get(requestId);
      if (signal === undefined) return request;
      request.snowflakeRetryConfig = { ...request.snowflakeRetryConfig, maxRetries: 0 };
      request.signal = signal;
      return request;
    });
    return true;
  } catch {
    return false;
  }
}
