import type { ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";

/** First words of actions of the kinds whose pages are not in `actionPhrases.ts`. */
const VERBS =
  "ABORT ACTIVATE ADD ALTER APPROVE COMMIT DEACTIVATE DECLINE DELEGATE DEREGISTER DISABLE DROP ENABLE EXECUTE FETCH FROM MODIFY MOVE PRIMARY PUBLISH PULL PUSH REFRESH REGISTER REMOVE REPLACE RESET RESTART RESTORE RESUME REVOKE ROTATE SET START STOP SUSPEND UNSET UPGRADE VERIFY VERSION".split(
    " ",
  );

/** Steps over the first word of an action without a tree; false if none begins here. */
export function acceptUnmodelledVerb(cursor: Cursor): boolean {
  return VERBS.some((verb) => cursor.accept(verb));
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
