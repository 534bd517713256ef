const REFERENCE = "https://docs.snowflake.com/en/sql-reference";

export interface Reason {
  /** Who reads the statement as Snowflake does. */
  right: "dialect" | "neither";
  why: string;
}

/** Why @polyglot-sql/sdk and this parser disagree, by the key in disagreements.tsv. */
export const REASONS: Record<"refuses" | "accepts", Record<string, Reason>> = {
  /** The SDK refuses what the dialect reads. */
  refuses: {
    copy: {
      right: "dialect",
      why: `PARTITION BY may be followed by options, \`snow://…\` needs no quotes: ${REFERENCE}/sql/copy-into-location`,
    },
    databases: {
      right: "dialect",
      why: `Options, shares, replicas and two-part names: ${REFERENCE}/sql/create-database`,
    },
    dml: {
      right: "dialect",
      why: `USING may hold subqueries, MERGE has ALL BY NAME: ${REFERENCE}/sql/delete, ${REFERENCE}/sql/merge`,
    },
    drop: {
      right: "dialect",
      why: `Every kind of object can be dropped, tasks, alerts and jobs executed: ${REFERENCE}/sql/drop`,
    },
    flow: { right: "dialect", why: `Results before the last are $2, $3 …: ${REFERENCE}/operators-flow` },
    grants: { right: "dialect", why: `ALL, FUTURE, OWNERSHIP and the grant option: ${REFERENCE}/sql/grant-privilege` },
    "if-not-exists": {
      right: "neither",
      why: "Both clauses are in the grammar; that they do not go together is an error of its own (002047), raised when the statement runs.",
    },
    joins: { right: "dialect", why: `A directed join may say which side is read first: ${REFERENCE}/constructs/join` },
    lambda: { right: "dialect", why: `Arguments of a lambda may have types: ${REFERENCE}/functions/transform` },
    models: { right: "dialect", why: `A model may have a name of its own in WITH: ${REFERENCE}/commands-model` },
    "native-apps": {
      right: "dialect",
      why: `Applications are used, their references called, policies tried: ${REFERENCE}/commands-native-app`,
    },
    projects: {
      right: "dialect",
      why: "What the definitions of a DCM project may say: https://docs.snowflake.com/en/user-guide/dcm-projects/dcm-projects-supported-entities",
    },
    queries: {
      right: "dialect",
      why: `A query in parentheses may be the operand of a longer one: ${REFERENCE}/operators-query`,
    },
    routines: {
      right: "dialect",
      why: `CREATE OR ALTER, SECURE, COMMENT, MEMOIZABLE, packages: ${REFERENCE}/sql/create-procedure`,
    },
    rows: {
      right: "dialect",
      why: `MEASURES may call functions with AS behind them: ${REFERENCE}/constructs/match_recognize`,
    },
    scripting: { right: "dialect", why: `Snowflake Scripting: ${REFERENCE}-snowflake-scripting` },
    sequences: { right: "dialect", why: `A sequence can be cloned: ${REFERENCE}/sql/create-clone` },
    session: { right: "dialect", why: `Parameters may be parted by blanks: ${REFERENCE}/sql/alter-session` },
    show: { right: "dialect", why: `Kinds and scopes of SHOW, DESCRIBE and EXPLAIN: ${REFERENCE}/sql/show` },
    spread: { right: "dialect", why: `The spread operator: ${REFERENCE}/operators-expansion` },
    star: {
      right: "dialect",
      why: `ILIKE before REPLACE and RENAME, a table that a text names: ${REFERENCE}/sql/select`,
    },
    tables: { right: "dialect", why: `The clauses of a table come in any order: ${REFERENCE}/sql/create-table` },
    types: {
      right: "dialect",
      why: `Structured types, periods, intervals with digits, typed literals: ${REFERENCE}/data-types`,
    },
    views: { right: "dialect", why: `Options of views, clustering of materialized ones: ${REFERENCE}/sql/create-view` },
    words: {
      right: "dialect",
      why: `LIMIT, OFFSET, FETCH and CONNECT_BY_ROOT are not reserved: ${REFERENCE}/reserved-keywords`,
    },
    "semantic-views": {
      right: "dialect",
      why: `The lists of SEMANTIC_VIEW take expressions, aliases and table.*: ${REFERENCE}/constructs/semantic_view`,
    },
  },
  /** The SDK accepts what the dialect refuses. */
  accepts: {
    unread: {
      right: "dialect",
      why: "The SDK keeps a statement that it does not know as raw text and reads nothing of it.",
    },
    statement: {
      right: "dialect",
      why: "The SDK asks for fewer parts than the statement's page, or takes more: names, columns, values, bodies.",
    },
    privileges: {
      right: "dialect",
      why: `The SDK takes any words for a privilege, on any kind of object: ${REFERENCE}/sql/grant-privilege`,
    },
    reserved: { right: "dialect", why: `A reserved word stands where a name must: ${REFERENCE}/reserved-keywords` },
    query: {
      right: "dialect",
      why: `A clause lacks its operand or has one that its page does not allow: ${REFERENCE}/constructs`,
    },
    expression: { right: "dialect", why: "A bare expression is no statement." },
    literals: {
      right: "dialect",
      why: `A binary literal has an even number of hex digits: ${REFERENCE}/data-types-text`,
    },
    "other-sql": { right: "dialect", why: "Other databases have it and Snowflake does not." },
  },
};
