import type { ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";
import { Phrase } from "./phrase";

const group = (type: ObjectType): string[] => {
  const lists =
    "{ALLOWED_DATABASES|ALLOWED_SHARES|ALLOWED_EXTERNAL_VOLUMES|ALLOWED_ACCOUNTS|ALLOWED_INTEGRATION_TYPES|OBJECT_TYPES}";
  return [
    `ADD <items> TO ${lists} [IGNORE EDITION CHECK]`,
    `REMOVE <items> FROM ${lists}`,
    `MOVE {DATABASES|SHARES|EXTERNAL VOLUMES} <names> TO ${type} <name>`,
  ];
};

const DIRECTIVE = "<properties:RELEASE DIRECTIVE> [FORCE]";
const VERSION = "USING <location> [LABEL = <string>]";
const DIRECTIVES = [
  `SET DEFAULT RELEASE DIRECTIVE ${DIRECTIVE}`,
  `SET RELEASE DIRECTIVE <name> ${DIRECTIVE}`,
  `MODIFY RELEASE DIRECTIVE <name> [ADD|REMOVE] ${DIRECTIVE}`,
  "UNSET RELEASE DIRECTIVE <name>",
];

const backups = (backup: string): string[] => [
  `ADD ${backup}`,
  `APPLY ${backup} POLICY <name> [FORCE]`,
  `SET ${backup} POLICY <name>`,
  `SUSPEND ${backup} [CREATION|EXPIRATION] POLICY`,
  `RESUME ${backup} [CREATION|EXPIRATION] POLICY`,
  `DELETE ${backup} IDENTIFIER <string>`,
  `MODIFY ${backup} IDENTIFIER <string> {SET COMMENT = <string>|UNSET COMMENT|ADD LEGAL HOLD|REMOVE LEGAL HOLD}`,
];

/**
 * Actions of ALTER that have no tree and are read word by word; of those that begin alike the longest first. The page of
 * each kind is https://docs.snowflake.com/en/sql-reference/sql/alter-… with its name.
 */
const PHRASES: Record<ObjectType, readonly string[]> = {
  "AGGREGATION POLICY": [],
  APPLICATION: [
    "UPGRADE USING VERSION <name> [PATCH <number>]",
    "UPGRADE USING <location>",
    "UPGRADE",
    "SET SHARED TELEMETRY EVENTS ([<strings>])",
    "UNSET REFERENCES [(<strings>)]",
    "{SET|APPROVE|DECLINE|DROP} SPECIFICATION <rest>",
    "{SET|UNSET|DROP} CONFIGURATION <rest>",
    "DROP OBJECT <rest>",
  ],
  "APPLICATION PACKAGE": [
    `ADD VERSION [<name>] ${VERSION}`,
    `ADD PATCH [<number>] FOR VERSION [<name>] ${VERSION}`,
    `REGISTER VERSION [<name>] ${VERSION}`,
    "DROP VERSION <name>",
    "DROP PATCH <rest>",
    "DEREGISTER VERSION <name>",
    "ADD ACCOUNTS <rest>",
    ...DIRECTIVES,
    `MODIFY RELEASE CHANNEL <channel> {${[
      "ADD VERSION <name>",
      "DROP VERSION <name>",
      "ADD ACCOUNTS = <value>",
      "REMOVE ACCOUNTS = <value>",
      "SET ACCOUNTS = <value>",
      ...DIRECTIVES,
    ].join("|")}}`,
  ],
  "APPLICATION SERVICE": ["UPGRADE [TO VERSION <name>]"],
  "BACKUP SET": backups("BACKUP"),
  "CORTEX SEARCH SERVICE": [
    "SUSPEND {INDEXING|SERVING}",
    "RESUME {INDEXING|SERVING}",
    "SET ATTRIBUTES (<names>)",
    "ADD SCORING PROFILE [IF NOT EXISTS] <name> <string>",
    "DROP SCORING PROFILE [IF EXISTS] <name>",
    "SET CONTACT <rest>",
  ],
  "DBT PROJECT": ["DEPLOY FROM <string>", "ADD VERSION <rest>", "DROP VERSION <rest>"],
  "EXTERNAL TABLE": [
    "ADD FILES (<strings>)",
    "REMOVE FILES (<strings>)",
    "ADD PARTITION <arguments> LOCATION <string>",
    "DROP PARTITION LOCATION <string>",
    "DROP PARTITION BY",
    "REFRESH [<string>]",
    "ADD DATA METRIC FUNCTION <rest>",
    "DROP DATA METRIC FUNCTION <rest>",
    "MODIFY DATA METRIC FUNCTION <rest>",
    "SET CONTACT <rest>",
  ],
  "FAILOVER GROUP": group("FAILOVER GROUP"),
  "JOIN POLICY": [],
  "MASKING POLICY": [],
  MODEL: [
    "VERSION <name> {SET ALIAS = <name>|UNSET ALIAS}",
    "ADD VERSION <name> FROM {MODEL <name> [VERSION <name>]|<location>}",
    "DROP VERSION <name>",
    "MODIFY VERSION <name> SET <properties:MODEL VERSION>",
  ],
  "OPENFLOW CONNECTOR": [
    "ADD VERSION FROM <string>",
    "ADD LIVE VERSION FROM <name> [COMMENT = <string>]",
    "ABORT",
    "START",
    "STOP",
    "TERMINATE [FORCE]",
    "PUSH TO <string> <properties:OPENFLOW CONNECTOR>",
  ],
  "PRIVACY POLICY": [],
  "PROJECTION POLICY": [],
  "REPLICATION GROUP": group("REPLICATION GROUP"),
  "RESTRICTED SESSION SCOPE": ["AS <string>", "ADD AS <string>", "REMOVE AS <string>"],
  "ROW ACCESS POLICY": [],
  "SEMANTIC VIEW": [
    "ADD MATERIALIZATION <name> <rest>",
    "DROP MATERIALIZATION <name>",
    "SUSPEND MATERIALIZATION <name>",
    "RESUME MATERIALIZATION <name>",
    "REFRESH MATERIALIZATION <name>",
    "ALTER MATERIALIZATION <name> {SET LOG_EVENT_LEVEL = <string> | UNSET LOG_EVENT_LEVEL}",
  ],
  SERVICE: [
    `FROM {${[
      "SPECIFICATION_TEMPLATE <string>",
      "SPECIFICATION <string>",
      "SPECIFICATION_FILE = <string>",
      "SPECIFICATION_TEMPLATE_FILE = <string>",
      "SPEC = <string>",
      "<stage> <properties:SERVICE>",
    ].join("|")}} [USING <arguments>]`,
    "RESTORE VOLUME <name> INSTANCES <numbers> FROM SNAPSHOT <name>",
    "SUSPEND BUILD JOB <rest>",
  ],
  "SNAPSHOT SET": backups("SNAPSHOT"),
  "STORAGE LIFECYCLE POLICY": [],
  TAG: [
    "ADD ALLOWED_VALUES <strings>",
    "DROP ALLOWED_VALUES <strings>",
    "SET ALLOWED_VALUES <strings> <properties:TAG>",
    "UNSET ALLOWED_VALUES",
  ],
};

const read = new Map<ObjectType, Phrase[]>();

/** True when the kind is one of those above, whose action is stepped over; an action that it does not have is an error. */
export function acceptPhrase(cursor: Cursor, objectType: ObjectType): boolean {
  const texts = PHRASES[objectType];
  if (texts === undefined) return false;
  const phrases = read.get(objectType) ?? texts.map((text) => Phrase.of(text));
  read.set(objectType, phrases);
  if (!phrases.some((phrase) => phrase.accept(cursor))) throw cursor.unexpected(["an action"]);
  return true;
}
