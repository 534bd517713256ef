import type { ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";

/** Of every object that a contact can be named for. https://docs.snowflake.com/en/sql-reference/sql/alter-contact */
const CONTACT = ["SET CONTACT"];
const RECLUSTERING = ["RECLUSTER MAX_SIZE", "RECLUSTER WHERE"];
const QUALITY = ["ADD DATA METRIC FUNCTION", "DROP DATA METRIC FUNCTION", "MODIFY DATA METRIC FUNCTION"];
const CONSTRAINTS = ["CONSTRAINT", "PRIMARY KEY", "UNIQUE", "FOREIGN KEY"].flatMap((words) => [
  `ALTER ${words}`,
  `MODIFY ${words}`,
]);
const TABLE = [...CONSTRAINTS, ...RECLUSTERING, ...QUALITY, ...CONTACT, "ADD PARTITION BY", "DROP PARTITION BY"];
const REPLICATED = ["ENABLE", "DISABLE"].flatMap((verb) => [
  `${verb} REPLICATION TO ACCOUNTS`,
  `${verb} FAILOVER TO ACCOUNTS`,
]);
const FILES = ["ADD LIVE VERSION", "ADD VERSION", "DROP VERSION", "MODIFY VERSION", "MODIFY LIVE VERSION"];
/**
 * What Snowflake documents for a kind of object besides the actions that have a tree: the words an action begins with.
 * https://docs.snowflake.com/en/sql-reference/sql/alter and the pages below it
 */
const BEGINNINGS: Record<ObjectType, readonly string[]> = {
  ACCOUNT: [
    ...CONTACT,
    "ADD ORGANIZATION USER GROUP",
    "REMOVE ORGANIZATION USER GROUP",
    "DROP OLD URL",
    "DROP OLD ORGANIZATION URL",
  ],
  ALERT: CONTACT,
  "APPLICATION ROLE": [],
  "COMPUTE POOL": [],
  CONNECTION: REPLICATED,
  DATABASE: [
    ...REPLICATED,
    ...CONTACT,
    ...["ADD", "REMOVE", "SET", "UNSET"].map((verb) => `UPDATE LINKED_CATALOG ${verb}`),
  ],
  "DATABASE ROLE": [],
  DATASET: ["ADD VERSION", "DROP VERSION"],
  "DCM PROJECT": ["DROP DEPLOYMENT"],
  "DYNAMIC TABLE": TABLE,
  "EVENT TABLE": TABLE,
  "EXTERNAL VOLUME": ["ADD STORAGE_LOCATION", "REMOVE STORAGE_LOCATION", "UPDATE STORAGE_LOCATION", "UPDATE"],
  "FILE FORMAT": [],
  FUNCTION: CONTACT,
  "GIT REPOSITORY": CONTACT,
  "HYBRID TABLE": TABLE,
  "ICEBERG TABLE": [...TABLE, "REFRESH", "CONVERT TO MANAGED", "REPLACE PARTITION BY"],
  "INTERACTIVE TABLE": TABLE,
  LISTING: [
    "AS",
    "SET",
    "UNSET",
    "PUBLISH",
    "UNPUBLISH",
    "REVIEW",
    "CANCEL REVIEW",
    "RENAME TO",
    "ADD VERSION",
    "ADD LIVE VERSION",
    "ADD TARGETS",
    "REMOVE TARGETS",
    "COMMIT",
    "ABORT",
    "FROM",
  ],
  "MATERIALIZED VIEW": [...CONTACT, ...QUALITY],
  "NETWORK POLICY": [],
  "NETWORK RULE": [],
  NOTEBOOK: FILES,
  PIPE: CONTACT,
  PROCEDURE: CONTACT,
  "RESOURCE MONITOR": [],
  ROLE: [],
  SCHEMA: [...CONTACT],
  SECRET: [],
  "SECURITY INTEGRATION": ["REFRESH SAML2_SNOWFLAKE_PRIVATE_KEY"],
  SEQUENCE: [],
  SHARE: [],
  STAGE: CONTACT,
  STREAM: CONTACT,
  STREAMLIT: [...FILES, "COMMIT", "PUSH", "PULL", "ABORT"],
  TABLE,
  TASK: CONTACT,
  USER: [
    "ADD DELEGATED AUTHORIZATION",
    "REMOVE DELEGATED AUTHORIZATION",
    "REMOVE DELEGATED AUTHORIZATIONS",
    ...["ADD", "MODIFY", "ROTATE", "REMOVE"].flatMap((verb) => [
      `${verb} PROGRAMMATIC ACCESS TOKEN`,
      `${verb} PAT`,
      `${verb} MFA METHOD`,
      `${verb} KEY PAIR`,
    ]),
    "ENROLL MFA",
  ],
  VIEW: [...CONTACT, ...QUALITY],
  WAREHOUSE: ["ADD TABLES", "DROP TABLES", "REMOVE TABLES"],
};

/** First words of actions of the kinds that are not listed above. */
const VERBS =
  "ABORT ACTIVATE ADD ALTER APPROVE COMMIT DEACTIVATE DECLINE DELEGATE DEREGISTER DISABLE DROP ENABLE EXECUTE FETCH FROM MODIFY MOVE PRIMARY PUBLISH PULL PUSH REFRESH REGISTER REMOVE REPLACE RESET RESTART RESTORE RESUME REVOKE ROTATE SET START STOP SUSPEND UNSET UPGRADE VERIFY VERSION".split(
    " ",
  );

/** Steps over the words of an action without a tree; false if none of this kind begins here. */
export function acceptUnmodelledWords(cursor: Cursor, objectType: ObjectType): boolean {
  return (BEGINNINGS[objectType] ?? VERBS).some((words) => cursor.acceptSequence(...words.split(" ")));
}

/** Actions of words alone that only some kinds have; kinds that are not named here may have any. */
const WORDS: Record<ObjectType, readonly string[]> = {
  ACCOUNT: [],
  ALERT: ["SUSPEND", "RESUME"],
  APPLICATION: [],
  "APPLICATION PACKAGE": [],
  "COMPUTE POOL": ["SUSPEND", "RESUME", "STOP ALL"],
  DATABASE: [
    "REFRESH",
    "PRIMARY",
    "SUSPEND DISCOVERY",
    "RESUME DISCOVERY",
    "ENABLE REPLICATION",
    "DISABLE REPLICATION",
    "ENABLE FAILOVER",
    "DISABLE FAILOVER",
  ],
  "DATABASE ROLE": [],
  "FAILOVER GROUP": ["REFRESH FORCE", "REFRESH", "PRIMARY", "SUSPEND IMMEDIATE", "SUSPEND", "RESUME"],
  "FILE FORMAT": [],
  FUNCTION: [],
  "MASKING POLICY": [],
  "MATERIALIZED VIEW": ["SUSPEND RECLUSTER", "RESUME RECLUSTER", "SUSPEND", "RESUME"],
  PIPE: ["REFRESH"],
  "REPLICATION GROUP": ["REFRESH FORCE", "REFRESH", "SUSPEND IMMEDIATE", "SUSPEND", "RESUME"],
  "SEMANTIC VIEW": [],
  SERVICE: ["SUSPEND", "RESUME"],
  PROCEDURE: ["EXECUTE AS OWNER", "EXECUTE AS CALLER", "EXECUTE AS RESTRICTED CALLER"],
  ROLE: [],
  "ROW ACCESS POLICY": [],
  SCHEMA: ["ENABLE MANAGED ACCESS", "DISABLE MANAGED ACCESS"],
  SEQUENCE: [],
  STAGE: ["REFRESH"],
  STREAM: [],
  TABLE: ["SUSPEND RECLUSTER", "RESUME RECLUSTER", "RECLUSTER"],
  "HYBRID TABLE": [],
  TAG: [],
  TASK: ["SUSPEND", "RESUME"],
  USER: ["RESET PASSWORD", "ABORT ALL QUERIES"],
  VIEW: [],
  WAREHOUSE: ["SUSPEND", "RESUME IF SUSPENDED", "RESUME", "ABORT ALL QUERIES", "ENABLE", "DISABLE"],
};

/** Those of `words` that this kind of object has. */
export function wordsOf(objectType: ObjectType, words: readonly string[]): readonly string[] {
  return WORDS[objectType] ?? words;
}
