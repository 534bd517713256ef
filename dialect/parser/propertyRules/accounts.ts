import { type PropertyTables, propertyTable } from "./propertyTable";

const PERSON = "EMAIL:str FIRST_NAME:str LAST_NAME:str MUST_CHANGE_PASSWORD:bool";
const NEW_ACCOUNT = `
  ADMIN_NAME:str ADMIN_PASSWORD:str ADMIN_RSA_PUBLIC_KEY:str ADMIN_USER_TYPE:PERSON|SERVICE|LEGACY_SERVICE|NULL ${PERSON}
  EDITION:STANDARD|ENTERPRISE|BUSINESS_CRITICAL REGION_GROUP:str REGION:str COMMENT:text POLARIS:bool
  CONSUMPTION_BILLING_ENTITY:str`;
const COMMENT = propertyTable("COMMENT:text");

/** https://docs.snowflake.com/en/sql-reference/sql/create-user, …/create-role, …/create-account, …/create-share */
export const ACCOUNTS: PropertyTables = {
  USER: propertyTable(
    `
    PASSWORD:str LOGIN_NAME:str DISPLAY_NAME:str MIDDLE_NAME:str ${PERSON} DISABLED:bool ALLOWED_INTERFACES:list
    DAYS_TO_EXPIRY:int MINS_TO_UNLOCK:int DEFAULT_WAREHOUSE:name DEFAULT_NAMESPACE:name DEFAULT_ROLE:name
    DEFAULT_SECONDARY_ROLES:list MINS_TO_BYPASS_MFA:int MINS_TO_BYPASS_NETWORK_POLICY:int RSA_PUBLIC_KEY:str
    RSA_PUBLIC_KEY_FP:str RSA_PUBLIC_KEY_2:str RSA_PUBLIC_KEY_2_FP:str TYPE:PERSON|SERVICE|SERVICE_AGENT|LEGACY_SERVICE|NULL
    WORKLOAD_IDENTITY:map COMMENT:text DISABLE_MFA:bool EXT_AUTHN_DUO:bool EXT_AUTHN_UID:str SNOWFLAKE_SUPPORT:bool
    DISABLE_UI_DOWNLOAD_BUTTON:bool DEFAULT_MFA_METHOD:PASSKEY|TOTP|DUO`,
    { sessionParameters: true },
  ),
  ROLE: COMMENT,
  "DATABASE ROLE": COMMENT,
  "APPLICATION ROLE": COMMENT,
  // ALTER ACCOUNT takes the parameters of every level.
  ACCOUNT: propertyTable(NEW_ACCOUNT, { sessionParameters: true, open: true }),
  "ORGANIZATION ACCOUNT": propertyTable(NEW_ACCOUNT, { sessionParameters: true, open: true }),
  "MANAGED ACCOUNT": propertyTable("ADMIN_NAME:str ADMIN_PASSWORD:str TYPE:READER COMMENT:text"),
  CONNECTION: COMMENT,
  SHARE: propertyTable("COMMENT:text SECURE_OBJECTS_ONLY:bool ACCOUNTS SHARE_RESTRICTIONS:bool"),
};
