import { readFileSync } from "node:fs";
import { join } from "node:path";
import snowflake from "snowflake-sdk";
import { connect, execute, startServer } from "../support";

/** One statement with the answer that Snowflake's documentation gives. */
export interface Case {
  name: string;
  sql: string;
  /** Run before `sql`, in order, and for this case alone. */
  setup?: string[];
  /** Types of the columns; `VARCHAR` stands for any length. */
  types?: string[];
  /** Numbers, dates and times as text, as the server prints them; semi-structured values as they are. */
  rows?: unknown[][];
  /** The rows have no order. */
  unordered?: boolean;
  error?: { code: string; message: string };
  /** Not in Snowflake's words, or beyond what the local server does: not run against an account, or there alone. */
  only?: "local" | "account";
}

/** A data file: one family of functions or clauses. */
export interface CaseFile {
  /** Where the answers come from. */
  source: string;
  /** Run once, in order, before the cases. */
  setup?: string[];
  cases: Case[];
}

export const readCases = (file: string): CaseFile =>
  JSON.parse(readFileSync(join(__dirname, file), "utf8")) as CaseFile;

interface Column {
  getType(): string;
  getPrecision(): number;
  getScale(): number;
}

/** As the cases write a type: `NUMBER(38,0)`, `FLOAT`, `VARCHAR`, `TIMESTAMP_NTZ(9)`. */
export function typeOf(column: Column): string {
  const type = column.getType();
  if (type === "fixed") return `NUMBER(${column.getPrecision()},${column.getScale()})`;
  if (type === "real") return "FLOAT";
  if (type === "text") return "VARCHAR";
  return type.startsWith("time") ? `${type.toUpperCase()}(${column.getScale()})` : type.toUpperCase();
}

const plain = (value: unknown): unknown => {
  if (Buffer.isBuffer(value)) return value.toString("hex").toUpperCase();
  if (typeof value === "object" && value !== null) return JSON.parse(JSON.stringify(value));
  return value;
};

export interface Answer {
  types: string[];
  rows: unknown[][];
}

export async function answer(connection: snowflake.Connection, sql: string): Promise<Answer> {
  const { rows, statement } = await execute(connection, sql, {
    rowMode: "array",
    fetchAsString: ["Number", "Date"],
  });
  const columns = (statement.getColumns() ?? []) as unknown as Column[];
  return { types: columns.map(typeOf), rows: (rows as unknown as unknown[][]).map((row) => row.map(plain)) };
}

export interface CaseConnection {
  connection: snowflake.Connection;
  /** False when the cases run against an account. */
  isLocal: boolean;
  close(): Promise<void>;
}

/**
 * A connection to the embedded server, or with SNOWFLAKE_CASES_ACCOUNT set to that account, as SNOWFLAKE_CASES_USER with
 * SNOWFLAKE_CASES_PASSWORD or a key in SNOWFLAKE_CASES_PRIVATE_KEY, in SNOWFLAKE_CASES_ROLE and SNOWFLAKE_CASES_WAREHOUSE.
 * A database of its own is made for the cases and dropped at the end.
 */
export async function openCases(): Promise<CaseConnection> {
  const { env } = process;
  const database = `CASES_${process.pid}_${Date.now()}`;
  const account = env.SNOWFLAKE_CASES_ACCOUNT;
  const options = { representNullAsStringNull: false };
  const server = account ? undefined : await startServer();
  const connection = server ? await connect(server, options as object) : await connectToAccount(account as string);
  await execute(connection, `CREATE DATABASE ${database}`);
  return {
    connection,
    isLocal: server !== undefined,
    close: async () => {
      await execute(connection, `DROP DATABASE ${database}`);
      await new Promise<void>((resolve) => connection.destroy(() => resolve()));
      await server?.close();
    },
  };
}

function connectToAccount(account: string): Promise<snowflake.Connection> {
  const { env } = process;
  const key = env.SNOWFLAKE_CASES_PRIVATE_KEY;
  const connection = snowflake.createConnection({
    account,
    username: env.SNOWFLAKE_CASES_USER,
    ...(key ? { authenticator: "SNOWFLAKE_JWT", privateKey: key } : { password: env.SNOWFLAKE_CASES_PASSWORD }),
    role: env.SNOWFLAKE_CASES_ROLE,
    warehouse: env.SNOWFLAKE_CASES_WAREHOUSE,
    representNullAsStringNull: false,
  } as snowflake.ConnectionOptions);
  return new Promise((resolve, reject) => {
    connection.connect((error, connected) => (error ? reject(error) : resolve(connected)));
  });
}
