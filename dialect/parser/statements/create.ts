import type { Argument, CreateObject, ObjectType, Property, Span, Statement } from "../../ast/index";
import type { Token } from "../../lexer/token";
import type { Cursor } from "../cursor";
import { parseArguments } from "../expressions/calls";
import { checkProperties } from "../propertyRules/check";
import { isBareClass, isClassName } from "./classes";
import { parseCreateCortexSearchService } from "./cortexSearchService";
import type { CreateHead } from "./createHead";
import { parseCreateTable } from "./createTable";
import { parseCreateDatabase, parseCreateSchema } from "./database";
import { parseCreateDynamicTable } from "./dynamicTable";
import { parseCreateFunction } from "./function";
import { skipListing } from "./listing";
import { CREATED_OBJECTS, parseClauses, parseCreateObject } from "./object";
import { SINGULAR_TYPES } from "./objectTypes";
import { Phrase } from "./phrase";
import { parseCreatePipe } from "./pipe";
import { parseCreatePolicy } from "./policy";
import { parseCreateProcedure } from "./procedure";
import { parseCreateResourceMonitor } from "./resourceMonitor";
import { parseCreateSemanticView } from "./semanticView";
import { parseCreateSequence } from "./sequence";
import { parseCreateStream } from "./stream";
import { parseCreateTag } from "./tag";
import { parseCreateAlert, parseCreateTask } from "./task";
import { parseCreateType } from "./type";
import { parseUnmodelled } from "./unmodelled";
import { parseCreateView } from "./view";

type CreateParser = (cursor: Cursor, head: CreateHead) => Statement;

interface Family {
  parse: CreateParser;
  /** Words that may stand between CREATE and the kind. */
  modifiers?: readonly string[];
}

const TABLE: Family = { parse: parseCreateTable, modifiers: ["TEMPORARY", "TRANSIENT"] };
/** Snowflake makes no temporary or transient ones of these. */
const LASTING_TABLE: Family = { parse: parseCreateTable };
const DYNAMIC_TABLE: Family = { parse: parseCreateDynamicTable, modifiers: ["TRANSIENT"] };
const POLICY: Family = { parse: parseCreatePolicy };
const OBJECT: Family = { parse: parseCreateObject };
const UNMODELLED: Family = {
  parse: (cursor, { start, orReplace, objectType }) =>
    parseUnmodelled(cursor, {
      start,
      verb: "CREATE",
      objectType,
      orReplace,
      ...(READ_ON[objectType] && { rest: READ_ON[objectType] }),
    }),
  modifiers: ["TEMPORARY"],
};

/** `ON table (columns) [INCLUDE (columns)]`. https://docs.snowflake.com/en/sql-reference/sql/create-index */
function readIndexColumns(cursor: Cursor): void {
  cursor.expect("ON");
  cursor.name();
  cursor.parenthesizedList(() => cursor.identifier());
  if (cursor.accept("INCLUDE")) cursor.parenthesizedList(() => cursor.identifier());
}

/** `TYPE = '…' MAX_ROWS AS () RETURNS INTEGER -> (expression)`. https://docs.snowflake.com/en/sql-reference/sql/create-data-movement-rule */
const MOVEMENT_RULE = Phrase.of(
  "TYPE = <string> MAX_ROWS AS ( ) RETURNS {INTEGER|INT|NUMBER} -> <expression> [COMMENT = <string>]",
);

/** What stands behind the name of objects that have no tree. */
const READ_ON: Partial<Record<ObjectType, (cursor: Cursor) => void>> = {
  "DATA MOVEMENT RULE"(cursor) {
    if (!MOVEMENT_RULE.accept(cursor)) throw cursor.unexpected(["TYPE"]);
  },
  "EXTERNAL LISTING": skipListing,
  INDEX: readIndexColumns,
  LISTING: skipListing,
  "ORGANIZATION LISTING": skipListing,
};

/** What is created besides the objects that have a tree. */
const WITHOUT_TREE: ReadonlySet<ObjectType> = new Set([
  ...Object.keys(READ_ON),
  "CORTEX EXTENSION",
  "DATA EXCHANGE LISTING",
  "OFFER",
  "OPENFLOW DATA PLANE",
  "OPENFLOW DATA PLANE INTEGRATION",
]);

const FAMILIES = new Map<ObjectType, Family>([
  ["TABLE", TABLE],
  ["HYBRID TABLE", LASTING_TABLE],
  ["EXTERNAL TABLE", LASTING_TABLE],
  ["ICEBERG TABLE", TABLE],
  ["EVENT TABLE", LASTING_TABLE],
  ["INTERACTIVE TABLE", TABLE],
  ["DIRECTORY TABLE", LASTING_TABLE],
  ["ONLINE FEATURE TABLE", LASTING_TABLE],
  ["DYNAMIC TABLE", DYNAMIC_TABLE],
  ["DYNAMIC ICEBERG TABLE", DYNAMIC_TABLE],
  ["VIEW", { parse: parseCreateView, modifiers: ["FORCE", "SECURE", "TEMPORARY", "RECURSIVE"] }],
  ["MATERIALIZED VIEW", { parse: parseCreateView, modifiers: ["SECURE"] }],
  ["INTERACTIVE MATERIALIZED VIEW", { parse: parseCreateView, modifiers: ["SECURE"] }],
  ["DATABASE", { parse: parseCreateDatabase, modifiers: ["TRANSIENT"] }],
  ["SCHEMA", { parse: parseCreateSchema, modifiers: ["TRANSIENT"] }],
  ["VERSIONED SCHEMA", { parse: parseCreateSchema }],
  ["PROCEDURE", { parse: parseCreateProcedure, modifiers: ["SECURE", "TEMPORARY"] }],
  ["FUNCTION", { parse: parseCreateFunction, modifiers: ["SECURE", "TEMPORARY", "AGGREGATE"] }],
  ["EXTERNAL FUNCTION", { parse: parseCreateFunction, modifiers: ["SECURE"] }],
  ["DATA METRIC FUNCTION", { parse: parseCreateFunction, modifiers: ["SECURE"] }],
  ["TASK", { parse: parseCreateTask }],
  ["ALERT", { parse: parseCreateAlert }],
  ["STREAM", { parse: parseCreateStream }],
  ["SEMANTIC VIEW", { parse: parseCreateSemanticView }],
  ["SEQUENCE", { parse: parseCreateSequence }],
  ["AI FUNCTION", { parse: parseCreateFunction }],
  ["RESOURCE MONITOR", { parse: parseCreateResourceMonitor }],
  ["TAG", { parse: parseCreateTag }],
  ["PIPE", { parse: parseCreatePipe }],
  ["MASKING POLICY", POLICY],
  ["ROW ACCESS POLICY", POLICY],
  ["AGGREGATION POLICY", POLICY],
  ["JOIN POLICY", POLICY],
  ["PROJECTION POLICY", POLICY],
  ["PRIVACY POLICY", POLICY],
  ["STORAGE LIFECYCLE POLICY", POLICY],
  ["CORTEX SEARCH SERVICE", { parse: parseCreateCortexSearchService }],
  ["TYPE", { parse: parseCreateType }],
  ["AGENT", { parse: parseCreateObject, modifiers: ["SECURE", "TEMPORARY"] }],
  ["STAGE", { parse: parseCreateObject, modifiers: ["TEMPORARY"] }],
  ["FILE FORMAT", { parse: parseCreateObject, modifiers: ["TEMPORARY"] }],
]);

/** https://docs.snowflake.com/en/sql-reference/sql/create-or-alter */
const ALTERABLE: ReadonlySet<ObjectType> = new Set([
  "APPLICATION ROLE",
  "APPLICATION SERVICE",
  "AUTHENTICATION POLICY",
  "BACKUP POLICY",
  "BACKUP SET",
  "DATA METRIC FUNCTION",
  "DATABASE",
  "DATABASE ROLE",
  "DYNAMIC ICEBERG TABLE",
  "DYNAMIC TABLE",
  "EXTERNAL FUNCTION",
  "FILE FORMAT",
  "FUNCTION",
  "MASKING POLICY",
  "NETWORK POLICY",
  "NETWORK RULE",
  "PIPE",
  "PROCEDURE",
  "RESTRICTED SESSION SCOPE",
  "ROLE",
  "ROW ACCESS POLICY",
  "SCHEMA",
  "SEMANTIC VIEW",
  "SHARE",
  "SNAPSHOT POLICY",
  "SNAPSHOT SET",
  "STAGE",
  "STREAM",
  "TABLE",
  "TAG",
  "TASK",
  "VERSIONED SCHEMA",
  "VIEW",
  "WAREHOUSE",
]);

const MODIFIERS: ReadonlySet<string> = new Set([
  "AGGREGATE",
  "FORCE",
  "GLOBAL",
  "LOCAL",
  "RECURSIVE",
  "SCOPED",
  "SECURE",
  "TEMP",
  "TEMPORARY",
  "TRANSIENT",
  "VOLATILE",
]);

/**
 * CREATE [OR REPLACE | OR ALTER] of every kind of object, and DEFINE of DCM projects.
 * https://docs.snowflake.com/en/sql-reference/sql/create, https://docs.snowflake.com/en/sql-reference/sql/create-or-alter
 */
export function parseCreate(cursor: Cursor): Statement {
  const { start } = cursor;
  const define = cursor.expectAnyOf("CREATE", "DEFINE") === "DEFINE";
  const orReplace = !define && cursor.acceptSequence("OR", "REPLACE");
  const orAlter = !define && !orReplace && cursor.acceptSequence("OR", "ALTER");
  const { token } = cursor;
  const ifNotExists = cursor.acceptSequence("IF", "NOT", "EXISTS");
  const modifiers = parseModifiers(cursor);
  const head = { start, define, orReplace, orAlter, modifiers: new Set(modifiers.keys()), ifNotExists };
  if (modifiers.size === 0 && (isClassName(cursor) || (isBareClass(cursor) && cursor.peek(2).keyword === "(")))
    return parseInstance(cursor, head);
  if (cursor.isSequence("PROCEDURE", "SCOPED")) return parseScopedTable(cursor, head);
  const { start: typeStart, token: typeToken } = cursor;
  const adaptive = cursor.isSequence("ADAPTIVE", "WAREHOUSE") ? cursor.spanOf(cursor.next()) : undefined;
  const objectType = SINGULAR_TYPES.expect(cursor);
  const written = adaptive === undefined ? objectType : `ADAPTIVE ${objectType}`;
  if (orAlter && !ALTERABLE.has(written))
    throw cursor.unsupported(`CREATE OR ALTER ${written}`, cursor.span(typeStart));
  const family =
    FAMILIES.get(objectType) ??
    (CREATED_OBJECTS.has(objectType) ? OBJECT : WITHOUT_TREE.has(objectType) ? UNMODELLED : undefined);
  if (family === undefined) throw cursor.unexpected([], typeToken);
  // The pages have these words behind the kind; of secrets, network rules and integrations Snowflake takes them before it too.
  if (ifNotExists && (family !== OBJECT || orReplace || orAlter)) throw cursor.unexpected([], token);
  for (const [modifier, token] of modifiers)
    if (!family.modifiers?.includes(modifier)) throw cursor.unexpected([], token);
  const statement = family.parse(cursor, { ...head, objectType });
  if ("properties" in statement && statement.properties !== undefined)
    checkProperties(cursor, written, statement.properties, "CREATE");
  return adaptive !== undefined && statement.kind === "CreateObject" ? asAdaptive(statement, adaptive) : statement;
}

/**
 * `CREATE ADAPTIVE WAREHOUSE w` says the same as `CREATE WAREHOUSE w WAREHOUSE_TYPE = ADAPTIVE`, and has the same tree.
 * https://docs.snowflake.com/en/user-guide/warehouses-adaptive
 */
function asAdaptive(statement: CreateObject, span: Span): CreateObject {
  const type: Property = {
    kind: "Property",
    name: "WAREHOUSE_TYPE",
    value: { kind: "Keyword", value: "ADAPTIVE", span },
    span,
  };
  return { ...statement, properties: [type, ...statement.properties] };
}

/** The words between CREATE and the kind of object, each with its token; all words for a temporary object are TEMPORARY (SCOPED is Snowpark's). */
function parseModifiers(cursor: Cursor): Map<string, Token> {
  const modifiers = new Map<string, Token>();
  while (cursor.isAnyOf(MODIFIERS)) {
    if (cursor.peek().keyword === ".") break;
    const token = cursor.next();
    const { keyword } = token;
    if (keyword === "LOCAL" || keyword === "GLOBAL" || keyword === "SCOPED") {
      if (!cursor.isAnyOf(["TEMP", "TEMPORARY"])) throw cursor.unexpected();
    } else if (keyword === "TEMP" || keyword === "TEMPORARY" || keyword === "VOLATILE") {
      if (modifiers.has("TEMPORARY") || modifiers.has("TRANSIENT")) throw cursor.unexpected([], token);
      modifiers.set("TEMPORARY", token);
      cursor.acceptSequence("READ", "ONLY");
    } else {
      if (modifiers.has(keyword) || (keyword === "TRANSIENT" && modifiers.has("TEMPORARY")))
        throw cursor.unexpected([], token);
      modifiers.set(keyword, token);
    }
  }
  return modifiers;
}

/** `CREATE PROCEDURE SCOPED TEMPORARY TABLE t (…)` makes a table, and no procedure. */
function parseScopedTable(cursor: Cursor, head: Omit<CreateHead, "objectType">): Statement {
  cursor.acceptSequence("PROCEDURE", "SCOPED");
  cursor.expectAnyOf("TEMP", "TEMPORARY");
  cursor.expect("TABLE");
  const modifiers = new Set(["TEMPORARY"]);
  return { ...parseCreateTable(cursor, { ...head, modifiers, objectType: "TABLE" }), procedureScoped: true };
}

/** An instance of a class: `CREATE SNOWFLAKE.ML.FORECAST f (…)`. */
function parseInstance(cursor: Cursor, head: Omit<CreateHead, "objectType">): Statement {
  const type = cursor.objectName();
  const objectType = type.parts.map(({ value }) => value).join(".");
  let args: Argument[] = [];
  const rest = () => {
    args = parseArguments(cursor);
    parseClauses(cursor, { tags: [], properties: [] }, {});
  };
  const instance = { start: head.start, verb: "CREATE", objectType, orReplace: head.orReplace, rest };
  return { ...parseUnmodelled(cursor, instance), args };
}
