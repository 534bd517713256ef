import type { CreateObject } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { createNetworkPolicy } from "./account/networkPolicy";
import { createDatabaseRole, createRole } from "./account/role";
import { createUser } from "./account/user";
import { createWarehouse } from "./account/warehouse";
import { createFileFormat, createStage } from "./schemaObjects/stage";
import { createForOthers, createIntegration, createSettled } from "./settled";

type Creator = (context: ExecutionContext, statement: CreateObject) => Promise<StatementResult>;

const CREATORS: Record<string, Creator> = {
  WAREHOUSE: createWarehouse,
  ROLE: createRole,
  "DATABASE ROLE": createDatabaseRole,
  USER: createUser,
  "NETWORK POLICY": createNetworkPolicy,
  STAGE: createStage,
  "FILE FORMAT": createFileFormat,
  "NETWORK RULE": createSettled("NETWORK_RULE"),
  SECRET: createSettled("SECRET"),
  "PASSWORD POLICY": createSettled("PASSWORD_POLICY"),
  "AUTHENTICATION POLICY": createSettled("AUTHENTICATION_POLICY"),
  STREAMLIT: createSettled("STREAMLIT"),
  SHARE: createForOthers("SHARE"),
  CONNECTION: createForOthers("CONNECTION"),
  "API INTEGRATION": createIntegration("API"),
  "STORAGE INTEGRATION": createIntegration("STORAGE"),
  "NOTIFICATION INTEGRATION": createIntegration("NOTIFICATION"),
  "SECURITY INTEGRATION": createIntegration("SECURITY"),
};

/** Objects that are a name and a list of properties; what is not in the table is refused by name. */
export function createByType(context: ExecutionContext, statement: CreateObject): Promise<StatementResult> {
  const create = CREATORS[statement.objectType];
  if (!create) throw unsupportedFeature(`CREATE ${statement.objectType}`);
  return create(context, statement);
}
