import type { Connection } from "snowflake-sdk";

/** Says goodbye, and does not insist: a server that is gone has forgotten the session anyway. */
export function logOut(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 2000);
    timer.unref();
    connection.destroy(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
