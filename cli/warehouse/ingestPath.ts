import { namesOf } from "../../components/names";
import { outputsOf, type WarehouseOutputs } from "../../components/outputs";
import { renderSqlFile, stripHeader } from "../../components/renderSql";
import { readSettings } from "../../components/settings";
import { templateValues } from "../../components/templateValues";

/** Where an embedded server listens. */
export interface ServerAddress {
  account: string;
  host: string;
  port: number;
}

/** Outputs as a stack on that server would have them. */
export function outputsOn({ account, host, port }: ServerAddress): WarehouseOutputs {
  const settings = readSettings({
    config: { account, user: "ADMIN", password: "unused", host, port: String(port), protocol: "http" },
    environment: {},
  });
  return outputsOf(settings, namesOf(settings));
}

/**
 * The statements that make the part of the warehouse events run through: the two tables, INGEST_EVENTS, a role for producers.
 * For runs that measure or break the way of an event and need no Pulumi; `npm start` deploys the whole.
 * @param targetLag of EVENTS; a long one leaves refreshing to whoever measures it
 */
export function* ingestPath(outputs: WarehouseOutputs, targetLag = "1 day"): Generator<string> {
  const { account, database, roles, warehouses, tables, procedures } = outputs;
  const settings = readSettings({
    config: { account: account.account, user: "ADMIN", password: "unused" },
    environment: {},
  });
  const values = { ...templateValues(settings, namesOf(settings)), target_lag: { literal: targetLag } };
  for (const name of Object.values(warehouses))
    yield `CREATE WAREHOUSE IF NOT EXISTS ${name} INITIALLY_SUSPENDED = TRUE`;
  yield `CREATE DATABASE ${database}`;
  for (const schema of ["LANDING", "ACTIVITY", "MCP"]) yield `CREATE SCHEMA ${database}.${schema}`;
  yield `CREATE TABLE ${tables.rawEvents} (PAYLOAD VARIANT NOT NULL, _SOURCE_LANE VARCHAR(64) NOT NULL DEFAULT 'DIRECT', _RECV_AT TIMESTAMP_TZ(9) NOT NULL DEFAULT CURRENT_TIMESTAMP()) CLUSTER BY (TO_DATE(_RECV_AT)) CHANGE_TRACKING = TRUE`;
  yield stripHeader(renderSqlFile("dynamic_tables/events.sql", values));
  yield stripHeader(renderSqlFile("procedures/ingest_events.sql", values));
  yield `CREATE ROLE ${roles.ingest}`;
  yield `GRANT ROLE ${roles.ingest} TO USER ADMIN`;
  yield `GRANT USAGE ON DATABASE ${database} TO ROLE ${roles.ingest}`;
  yield `GRANT USAGE ON SCHEMA ${database}.MCP TO ROLE ${roles.ingest}`;
  yield `GRANT USAGE ON WAREHOUSE ${warehouses.query} TO ROLE ${roles.ingest}`;
  yield `GRANT USAGE ON PROCEDURE ${procedures.ingestEvents}(VARIANT, VARCHAR) TO ROLE ${roles.ingest}`;
}
