import type { ObjectType } from "../../ast/index";

const replicated = (what: string): string[] => [
  `ENABLE ${what} TO ACCOUNTS <names> [IGNORE EDITION CHECK]`,
  `DISABLE ${what} TO ACCOUNTS <names>`,
];
const REPLICATED = [...replicated("REPLICATION"), ...replicated("FAILOVER")];

/** Actions of ALTER without a tree that objects of the account have, as in `actionPhrases.ts`. */
export const ACCOUNT_PHRASES: Record<ObjectType, readonly string[]> = {
  ACCOUNT: [
    "SET CONTACT <contacts>",
    "ADD ORGANIZATION USER GROUP <name>",
    "REMOVE ORGANIZATION USER GROUP <name>",
    "DROP OLD URL",
    "DROP OLD ORGANIZATION URL",
  ],
  "COMPUTE POOL": [],
  CONNECTION: REPLICATED,
  DATABASE: [
    ...REPLICATED,
    "SET CONTACT <contacts>",
    `UPDATE LINKED_CATALOG {${[
      "ADD (<strings>) TO {ALLOWED_NAMESPACES|BLOCKED_NAMESPACES}",
      "REMOVE (<strings>) FROM {ALLOWED_NAMESPACES|BLOCKED_NAMESPACES}",
      "UNSET <words>",
      "SET <settings:LINKED CATALOG>",
    ].join("|")}}`,
  ],
  "DATABASE ROLE": [],
  "EXTERNAL VOLUME": [
    "ADD STORAGE_LOCATION = <value>",
    "REMOVE STORAGE_LOCATION <string>",
    "UPDATE STORAGE_LOCATION [=] <string> CREDENTIALS = <value>",
  ],
  LISTING: [
    "AS <string> <properties:LISTING>",
    "ADD VERSION [IF NOT EXISTS] [<name>] FROM <location> [COMMENT = <string>]",
    "ADD LIVE VERSION <rest>",
    "ADD TARGETS <string>",
    "REMOVE TARGETS <string>",
    "CANCEL REVIEW",
    "ABORT",
    "FROM <location>",
  ],
  "NETWORK POLICY": [],
  "OPENFLOW DEPLOYMENT": ["UPGRADE", "TERMINATE"],
  ORGANIZATION: [
    "SET EVENT ROUTING TABLE <name> FOR ALL APPLICATION LISTINGS",
    "UNSET EVENT ROUTING TABLE FOR ALL APPLICATION LISTINGS",
  ],
  "ORGANIZATION USER GROUP": [
    "ADD ORGANIZATION USERS <names>",
    "REMOVE ORGANIZATION USERS <names>",
    "SET VISIBILITY = {ALL|ACCOUNTS <names>|REGION GROUPS <strings>}",
  ],
  "POSTGRES INSTANCE": ["RESET ACCESS FOR <string>"],
  "RESOURCE MONITOR": [],
  ROLE: [],
  "SECURITY INTEGRATION": ["REFRESH {SAML2_SNOWFLAKE_PRIVATE_KEY|OAUTH_CLIENT_SECRET|OAUTH_CLIENT_SECRET_2}"],
  SHARE: [],
  USER: [
    "ADD DELEGATED AUTHORIZATION OF ROLE <name> TO SECURITY INTEGRATION <name>",
    "REMOVE DELEGATED AUTHORIZATION OF ROLE <name> FROM SECURITY INTEGRATION <name>",
    "REMOVE DELEGATED AUTHORIZATIONS [OF ANY ROLE] FROM SECURITY INTEGRATION <name>",
    "ADD MFA METHOD OTP [COUNT = <number>]",
    ...["MODIFY", "REMOVE"].map((verb) => `${verb} MFA METHOD <rest>`),
    ...["ADD", "MODIFY", "ROTATE", "REMOVE"].map((verb) => `${verb} KEY PAIR <rest>`),
    "ENROLL MFA",
  ],
  WAREHOUSE: ["ADD TABLES (<names>)", "DROP TABLES (<names>)", "REMOVE TABLES (<names>)"],
};
