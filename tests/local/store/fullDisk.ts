/** Runs on a small disk: fills it, looks what the server says, makes room and starts again. Prints what it saw as JSON. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, disconnect, query, startServer } from "../support";

interface Told {
  code: string;
  message: string;
}

interface Seen {
  /** What the statement that found no room was told. */
  refusal: Told;
  /** And the next one. */
  afterwards: Told | undefined;
  reported: number;
  kept: number;
  onceThereIsRoom: number;
}

const ROWS = 10_000;

const told = (statement: Promise<unknown>): Promise<Told | undefined> =>
  statement.then(
    () => undefined,
    ({ code, message }: Error & { code: string }) => ({ code, message }),
  );

async function main(directory: string): Promise<Seen> {
  const data = join(directory, "data");
  const ballast = join(directory, "ballast");
  writeFileSync(ballast, Buffer.alloc(8_000_000));
  const server = await startServer({ data });
  const connection = await connect(server);
  const insert = (c = connection) =>
    query(c, `insert into D.S.T select randstr(200, random()) from table(generator(rowcount => ${ROWS}))`);
  const count = async (c = connection) => Number((await query(c, "select count(*) as N from D.S.T"))[0]?.["N"]);
  for (const sql of [
    "create database D",
    "create schema D.S",
    "use warehouse COMPUTE_WH",
    "create table D.S.T (A varchar)",
  ])
    await query(connection, sql);
  let reported = 0;
  let refusal = await told(insert());
  while (!refusal) {
    reported += ROWS;
    refusal = await told(insert());
  }
  const afterwards = await told(count());
  await disconnect(connection);
  await server.close();
  rmSync(ballast);
  const again = await startServer({ data });
  const second = await connect(again);
  await query(second, "use warehouse COMPUTE_WH");
  const kept = await count(second);
  await insert(second);
  const onceThereIsRoom = await count(second);
  await disconnect(second);
  await again.close();
  return { refusal, afterwards, reported, kept, onceThereIsRoom };
}

main(process.argv[2] as string).then(
  (seen) => {
    process.stdout.write(`${JSON.stringify(seen)}\n`);
    process.exit(0);
  },
  (error) => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  },
);
