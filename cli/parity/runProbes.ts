import snowflake from "snowflake-sdk";
import { startLocalServer } from "../../local/index";
import type { Area, Probe } from "./probe";
import { access } from "./probes/access";
import { automation } from "./probes/automation";
import { objects } from "./probes/objects";
import { queries } from "./probes/queries";
import { statements } from "./probes/statements";

export const AREAS: readonly Area[] = [queries, statements, objects, automation, access];

/** `fault`: an answer that is wrong, or an error that does not name what is not supported. */
export type State = "works" | "partly" | "refused" | "fault";

export interface Outcome {
  probe: Probe;
  state: State;
  /** What was refused, or what went wrong. */
  said?: string;
}

const PASSWORD = "only-for-probes";

/** Everything that is refused by name has one of these codes: unsupported feature, and what never gets past the parser. */
const REFUSED_BY_NAME = /^Unsupported feature '/;

/** Runs every probe with the real driver on an embedded server of its own. */
export async function runProbes(): Promise<{ area: Area; outcomes: Outcome[] }[]> {
  snowflake.configure({ logLevel: "OFF" });
  const server = await startLocalServer({ password: PASSWORD });
  const connection = await connect(`http://${server.host}:${server.port}`, server.account, server.user);
  try {
    const results = [];
    for (const area of AREAS) {
      const outcomes: Outcome[] = [];
      for (const probe of area.probes) outcomes.push(await runProbe(connection, probe));
      results.push({ area, outcomes });
    }
    return results;
  } finally {
    await new Promise<void>((resolve) => connection.destroy(() => resolve()));
    await server.close();
  }
}

function connect(accessUrl: string, account: string, username: string): Promise<snowflake.Connection> {
  const options = { account, username, password: PASSWORD, accessUrl, warehouse: "COMPUTE_WH" };
  const connection = snowflake.createConnection(options as snowflake.ConnectionOptions);
  return new Promise((resolve, reject) => {
    connection.connect((error, connected) => (error ? reject(error) : resolve(connected)));
  });
}

const run = (connection: snowflake.Connection, sqlText: string): Promise<Record<string, unknown>[]> =>
  new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      rowMode: "object_with_renamed_duplicated_columns",
      complete: (error, _, rows) => (error ? reject(error) : resolve((rows ?? []) as Record<string, unknown>[])),
    });
  });

async function runProbe(connection: snowflake.Connection, probe: Probe): Promise<Outcome> {
  for (const sql of [
    "create or replace database P",
    "create schema P.S",
    "use schema P.S",
    "use warehouse COMPUTE_WH",
  ]) {
    await run(connection, sql);
  }
  let done = 0;
  for (const step of probe.sql) {
    const [sql, answer] = typeof step === "string" ? [step, undefined] : step;
    try {
      const rows = await run(connection, sql);
      const got = rows.map((row) => Object.values(row).map(String).join(" ")).join("; ");
      if (answer !== undefined && got !== answer) {
        return { probe, state: "fault", said: `${sql} gave ${got} instead of ${answer}` };
      }
      done++;
    } catch (error) {
      const message = (error as Error).message;
      if (!REFUSED_BY_NAME.test(message)) return { probe, state: "fault", said: `${sql}: ${message}` };
      return { probe, state: done > 0 && step !== probe.sql.at(-1) ? "partly" : "refused", said: message };
    }
  }
  return { probe, state: probe.note ? "partly" : "works", ...(probe.note ? { said: probe.note } : {}) };
}
