import type { ObjectType } from "../../ast/index";
import type { DialectError } from "../../errors";
import type { Token } from "../../lexer/token";
import type { Cursor } from "../cursor";
import { ACCOUNT_PHRASES } from "./accountPhrases";
import { Phrase } from "./phrase";
import { CONTACT, QUALITY, TABLE_PHRASES } from "./tablePhrases";

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

/** Of packages of the type DATA. https://docs.snowflake.com/en/developer-guide/declarative-sharing/sql-reference */
const DECLARATIVE = [
  "ADD LIVE VERSION",
  "ADD VERSION FROM <location>",
  "BUILD",
  "COMMIT",
  "RELEASE [LIVE VERSION]",
  "ABORT LIVE VERSION",
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

/** https://docs.snowflake.com/en/sql-reference/sql/alter-event-routing-table */
const RULES = [
  "SET RULES <settings:EVENT ROUTING TABLE>",
  "SET RULE <name> <settings:EVENT ROUTING RULE>",
  "UNSET RULE <name>",
];

/** Versions of files. https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit */
const FILES = [
  "ADD LIVE VERSION [<name>] FROM {LAST|<location>} [COMMENT = <string>]",
  "ADD VERSION <rest>",
  "DROP VERSION <rest>",
  "MODIFY VERSION <rest>",
  "MODIFY LIVE VERSION <rest>",
];

/**
 * Actions of ALTER that have no tree and are read word by word; of those that begin alike the longest first. The page of
 * each kind is https://docs.snowflake.com/en/sql-reference/sql/alter-… with its name.
 */
const PHRASES: Record<ObjectType, readonly string[]> = {
  ...TABLE_PHRASES,
  ...ACCOUNT_PHRASES,
  "AGGREGATION POLICY": [],
  ALERT: CONTACT,
  APPLICATION: [
    "UPGRADE USING VERSION <name> [PATCH <number>]",
    "UPGRADE USING <location>",
    "UPGRADE",
    "SET SHARED TELEMETRY EVENTS ([<strings>])",
    "UNSET REFERENCES [(<strings>)]",
    "SET SPECIFICATION <name> <settings:APPLICATION SPECIFICATION>",
    "APPROVE SPECIFICATION <name> SEQUENCE_NUMBER = <number>",
    "DECLINE SPECIFICATION <name> SEQUENCE_NUMBER = <number>",
    "DROP SPECIFICATION <name>",
    "SET CONFIGURATION DEFINITION <name> <settings:APPLICATION CONFIGURATION>",
    "SET CONFIGURATION <name> VALUE = <string>",
    "UNSET CONFIGURATION <name>",
    "DROP CONFIGURATION DEFINITION <name>",
    "DROP OBJECT <rest>",
  ],
  "APPLICATION PACKAGE": [
    ...DECLARATIVE.map((action) => `${action} [COMMENT = <string>]`),
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
  "APPLICATION ROLE": [],
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
  DATASET: [
    "ADD VERSION <version> FROM <query> [PARTITION BY <expression>] <properties:DATASET VERSION>",
    "DROP VERSION <version>",
  ],
  "DBT PROJECT": ["DEPLOY FROM <string>", "ADD VERSION <rest>", "DROP VERSION <rest>"],
  "DCM PROJECT": ["DROP DEPLOYMENT [IF EXISTS] <name>", "UNMANAGE GRANT <rest>"],
  "EVENT ROUTING TABLE": [...RULES, `FORCE {${RULES.join("|")}}`, "MODIFY RULE <name> RENAME TO <name>"],
  "FAILOVER GROUP": group("FAILOVER GROUP"),
  "FILE FORMAT": [],
  FUNCTION: CONTACT,
  "GIT REPOSITORY": ["FETCH", ...CONTACT],
  "JOIN POLICY": [],
  "MASKING POLICY": [],
  MODEL: [
    "VERSION <name> {SET ALIAS = <name>|UNSET ALIAS}",
    "ADD VERSION <name> FROM {MODEL <name> [VERSION <name>]|<location>}",
    "DROP VERSION <name>",
    "MODIFY VERSION <name> SET <properties:MODEL VERSION>",
  ],
  "MULTI PARTY APPROVAL POLICY": ["AS <string>"],
  "NETWORK RULE": [],
  NOTEBOOK: FILES,
  "OPENFLOW CONNECTOR": [
    "ADD VERSION FROM <string>",
    "ADD LIVE VERSION FROM <name> [COMMENT = <string>]",
    "ABORT",
    "START",
    "STOP",
    "TERMINATE [FORCE]",
    "PUSH TO <string> <properties:OPENFLOW CONNECTOR>",
  ],
  "OPENFLOW RUNTIME": ["UPGRADE [RECOVERY|FORCE]", "RESUME [RECOVERY]", "RESTART [RECOVERY]", "TERMINATE [CASCADE]"],
  PIPE: CONTACT,
  "PRIVACY POLICY": [],
  PROCEDURE: CONTACT,
  "PROJECTION POLICY": [],
  "REPLICATION GROUP": group("REPLICATION GROUP"),
  "RESTRICTED SESSION SCOPE": ["AS <string>", "ADD AS <string>", "REMOVE AS <string>"],
  "ROW ACCESS POLICY": [],
  SCHEMA: [...QUALITY, ...CONTACT],
  SECRET: [],
  "SEMANTIC VIEW": [
    "ADD MATERIALIZATION <name> <rest>",
    "DROP MATERIALIZATION <name>",
    "SUSPEND MATERIALIZATION <name>",
    "RESUME MATERIALIZATION <name>",
    "REFRESH MATERIALIZATION <name>",
    "ALTER MATERIALIZATION <name> {SET LOG_EVENT_LEVEL = <string> | UNSET LOG_EVENT_LEVEL}",
  ],
  SEQUENCE: [],
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
  STAGE: CONTACT,
  "STORAGE LIFECYCLE POLICY": [],
  STREAM: CONTACT,
  STREAMLIT: [...FILES, "PUSH TO <string> <properties:STREAMLIT PUSH>", "PUSH <properties:STREAMLIT PUSH>", "ABORT"],
  TAG: [
    "ADD ALLOWED_VALUES <strings>",
    "DROP ALLOWED_VALUES <strings>",
    "SET ALLOWED_VALUES <strings> <properties:TAG>",
    "UNSET ALLOWED_VALUES",
  ],
  TASK: CONTACT,
  WORKSPACE: ["ADD LIVE VERSION FROM LAST", "ABORT"],
};

const read = new Map<ObjectType, Phrase[]>();

/** Steps over an action of such an object; false if its page is not one of those above. What it does not have is an error. */
export function acceptPhrase(cursor: Cursor, objectType: ObjectType, reached: Token): boolean {
  const texts = PHRASES[objectType];
  if (texts === undefined) return false;
  const phrases = read.get(objectType) ?? texts.map((text) => Phrase.of(text));
  read.set(objectType, phrases);
  if (!phrases.some((phrase) => phrase.accept(cursor))) throw noAction(cursor, phrases, reached);
  return true;
}

/** The error at the token that was come to furthest, by a phrase or by an action with a tree. */
function noAction(cursor: Cursor, phrases: readonly Phrase[], reached: Token): DialectError {
  const progress = phrases.map((phrase) => phrase.progress(cursor));
  const most = Math.max(0, ...progress.map(({ words }) => words));
  const broken = cursor.peek(most);
  if (reached.start > broken.start) return cursor.unexpected([], reached);
  if (most === 0) return cursor.unexpected(["an action"]);
  const missing = progress.filter(({ words }) => words === most).map((phrase) => phrase.missing);
  return cursor.unexpected(missing, broken);
}
