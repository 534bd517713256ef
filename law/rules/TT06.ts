import {
  type Alter,
  type AlterAction,
  type Call,
  type CreateAlert,
  type CreateObject,
  type CreateProcedure,
  type CreateTask,
  constantText,
  type ExecuteImmediate,
  type FunctionCall,
  type Name,
} from "../../dialect/index";
import type { Act } from "../acts/act";
import { allNodes } from "../acts/children";
import { DYNAMIC } from "../acts/names";
import { handedOver } from "../acts/valueParts";
import { runsUnknownText } from "../foreign/statements";
import { property, textOf } from "../properties";
import type { Breach, Rule } from "../rule";
import type { LawSettings } from "../settings";
import { isGoverned, mayBeGoverned, objectTarget } from "../target";
import { writtenTables } from "../writtenTables";

/** No opaque SQL. */
export const TT06: Rule = {
  code: "TT06",
  title: "No opaque SQL: what cannot be read cannot be trusted.",
  severity: "error",
  why:
    "A statement that is put together at run time, a body in another language or a file on a stage can do anything, and no reader " +
    "of the pull request sees what. Text built only from literals and from variables set once to literals is read and judged as the text it is.",
  examples: {
    fail: [
      "CREATE PROCEDURE CLAUDE_BI.MCP.P(Q VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN EXECUTE IMMEDIATE :Q; END $$;",
      "CREATE PROCEDURE CLAUDE_BI.MCP.P() RETURNS VARCHAR LANGUAGE JAVASCRIPT AS 'return 1;';",
      "EXECUTE IMMEDIATE FROM @CLAUDE_BI.MCP.S/setup.sql;",
      "CREATE PROCEDURE CLAUDE_BI.MCP.P(T VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN CREATE TABLE IDENTIFIER(:T) (A INT); END $$;",
    ],
    pass: [
      "EXECUTE IMMEDIATE 'SELECT 1';",
      "CREATE PROCEDURE CLAUDE_BI.MCP.P() RETURNS INT LANGUAGE SQL AS $$ DECLARE Q VARCHAR DEFAULT 'SELECT ' || '1'; BEGIN EXECUTE IMMEDIATE :Q; RETURN 1; END $$;",
      "CREATE FUNCTION CLAUDE_BI.MCP.TWICE(N INT) RETURNS INT AS 'N * 2';",
      "CREATE PROCEDURE OTHER_DB.PUBLIC.P() RETURNS VARCHAR LANGUAGE JAVASCRIPT AS 'return 1;';",
    ],
  },
  check(act, settings) {
    const { statement } = act;
    switch (statement.kind) {
      case "ExecuteImmediate":
        return act.folded
          ? disguised(statement, act)
          : [
              {
                message: "EXECUTE IMMEDIATE of a text that is only known at run time.",
                fix: "Write the statement out; names go through IDENTIFIER(), values through USING.",
              },
            ];
      case "ExecuteImmediateFrom":
        return [
          {
            message: "EXECUTE IMMEDIATE FROM runs a file that is not read here.",
            fix: "Deploy the statements as resources of the stack.",
          },
        ];
      case "CreateProcedure":
      case "CreateFunction": {
        if (!mayBeGoverned(objectTarget(statement.name, act), settings)) return [];
        const what = statement.kind === "CreateProcedure" ? "procedure" : "function";
        if (statement.language !== "SQL") return [foreign(what, statement.language, statement.name)];
        if (statement.kind === "CreateFunction" && (statement.external || property(statement.properties, "SERVICE"))) {
          return [
            {
              message: "An external or service function runs code that is not read here.",
              fix: "Call the service outside the warehouse and write what it says as events.",
              span: statement.name.span,
            },
          ];
        }
        if (statement.kind === "CreateFunction" && statement.ai && !statement.body)
          return [otherCode("CREATE", "AI FUNCTION FROM EXPERIMENT", statement.name)];
        return dynamicTargets(act);
      }
      case "CallWithProcedure": {
        const { language, name } = statement.procedure;
        // Where it counts as one of the governed database its own act tells of it.
        if (language === "SQL" || mayBeGoverned(objectTarget(name, act), settings)) return [];
        return [foreign("procedure", language, name)];
      }
      case "Call":
        return [...evaluated(statement, act), ...dynamicTargets(act)];
      case "ExecuteJobService":
        return [otherCode("EXECUTE", "JOB SERVICE")];
      case "Unmodelled": {
        const { verb, objectType = "", name } = statement;
        if (verb === "EXECUTE") return [otherCode(verb, objectType)];
        if (verb !== "CREATE" || (name && !mayBeGoverned(objectTarget(name, act), settings))) return [];
        return holdsOtherCode(objectType) ? [otherCode(verb, objectType, name)] : [];
      }
      case "CreateTask":
      case "CreateAlert":
        return [...bodyCloned(statement, act, settings), ...dynamicTargets(act)];
      case "Alter":
        return [...codeReplaced(statement, act, settings), ...dynamicTargets(act)];
      case "CreateObject":
        return (holdsOtherCode(statement.objectType) || runsAnySql(statement)) &&
          mayBeGoverned(objectTarget(statement.name, act), settings)
          ? [otherCode("CREATE", statement.objectType, statement.name)]
          : dynamicTargets(act);
      default:
        return dynamicTargets(act);
    }
  },
  notes(act, settings) {
    const { statement } = act;
    if (statement.kind !== "CreateProcedure" || statement.language === "SQL") return [];
    if (mayBeGoverned(objectTarget(statement.name, act), settings)) return [];
    const unread = notRead(statement);
    return unread === undefined
      ? []
      : [{ message: `${unread}: what it does to ${settings.database} is not told here.`, span: statement.name.span }];
  },
};

/** What cannot be read of a procedure in another language, which outside of the governed database is no breach. */
function notRead({ body, language }: CreateProcedure): string | undefined {
  if (!body) return "The code of this procedure lies in a file";
  return runsUnknownText(body.text, language) ? "This procedure runs a text that is only known at run time" : undefined;
}

/** Functions whose result nobody reads in what they are given. */
const DISGUISING = /^(HEX_DECODE_STRING|BASE64_DECODE_STRING|REVERSE|TRANSLATE|CHR|CHAR)$/;

/** White space and quotes, which are hard to write in a text otherwise. */
const PLAIN_CHARACTERS: readonly string[] = ["9", "10", "13", "32", "34", "36", "39"];

/** A text that is judged as what it says, and that the author of it hides from whoever reads the change. */
function disguised(statement: ExecuteImmediate, act: Act): Breach[] {
  const parts = [...allNodes(statement.text), ...handedOver(act, statement.text)];
  const hiding = parts.find((part): part is FunctionCall => part.kind === "FunctionCall" && hides(part));
  if (!hiding) return [];
  return [
    {
      message: `EXECUTE IMMEDIATE of a text that ${hiding.name.parts.at(-1)?.value} hides from its reader.`,
      fix: "Write the statement out.",
      span: hiding.span,
    },
  ];
}

function hides({ name, args: [argument] }: FunctionCall): boolean {
  if (!DISGUISING.test(name.parts.at(-1)?.value ?? "")) return false;
  return !(argument?.kind === "NumberLiteral" && PLAIN_CHARACTERS.includes(argument.text));
}

const foreign = (what: string, language: string, name: Name): Breach => ({
  message: `The body of this ${what} is ${language}, which is not read here.`,
  fix: "Write it in Snowflake Scripting (LANGUAGE SQL).",
  span: name.span,
});

const otherCode = (verb: string, objectType: string, name?: Name): Breach => ({
  message: `${verb} ${objectType} runs code that is not read here.`,
  fix: "Deploy what it does as resources of the stack.",
  ...(name && { span: name.span }),
});

/**
 * An evaluation does what a file says, which may be to make a dataset; asking for one, ending it and removing it read no such
 * part. https://docs.snowflake.com/en/sql-reference/functions/execute_ai_evaluation
 */
function evaluated({ procedure, args: [job] }: Call, act: Act): Breach[] {
  const target = objectTarget(procedure, act);
  if (target === DYNAMIC || target.name !== "EXECUTE_AI_EVALUATION") return [];
  const asked = job && constantText(job, act.constantOf);
  if (asked !== undefined && /^(STATUS|CANCEL|DELETE)$/i.test(asked)) return [];
  return [
    {
      message: "EXECUTE_AI_EVALUATION does what a file says that is not read here.",
      fix: "Evaluate in another database, from data that it has.",
      span: procedure.span,
    },
  ];
}

const holdsOtherCode = (objectType: string): boolean =>
  /^(NOTEBOOK|DBT PROJECT|DCM PROJECT|CODE BUNDLE|JOB SERVICE|SERVICE|APPLICATION SERVICE|STREAMLIT|OPENFLOW)\b/.test(
    objectType,
  );

/** A server whose tool runs whatever text it is handed. https://docs.snowflake.com/en/sql-reference/sql/create-mcp-server */
const runsAnySql = ({ objectType, properties }: CreateObject): boolean =>
  objectType === "MCP SERVER" && /SYSTEM_EXECUTE_SQL/i.test(textOf(properties, "FROM SPECIFICATION") ?? "");

/** A clone takes over a body that is not seen; one of the governed database was judged where it was made. */
function bodyCloned({ kind, name, clone }: CreateTask | CreateAlert, act: Act, settings: LawSettings): Breach[] {
  if (!clone || !mayBeGoverned(objectTarget(name, act), settings)) return [];
  if (isGoverned(objectTarget(clone.source, act), settings)) return [];
  const what = kind === "CreateTask" ? "TASK" : "ALERT";
  return [
    {
      message: `Clones a ${what.toLowerCase()} of another database, whose body is not read here.`,
      fix: `Write CREATE ${what} with its body.`,
      span: clone.source.span,
    },
  ];
}

/** A new version of code that is not read, and procedures and functions that come in with a body that is not seen. */
function codeReplaced({ objectType, name, actions }: Alter, act: Act, settings: LawSettings): Breach[] {
  if (!name) return [];
  const isRoutine = objectType === "PROCEDURE" || objectType === "FUNCTION";
  if (!isRoutine && !holdsOtherCode(objectType)) return [];
  if (!mayBeGoverned(objectTarget(name, act), settings))
    return actions
      .filter((action) => action.kind === "RenameTo")
      .filter(({ name: to }) => mayBeGoverned(objectTarget(to, act), settings))
      .map(({ span }) => ({
        message: `Brings in a ${objectType.toLowerCase()} of another database, whose ${isRoutine ? "body" : "code"} is not read here.`,
        fix: isRoutine ? `Write CREATE ${objectType} with its body.` : "Deploy what it does as resources of the stack.",
        span,
      }));
  return actions.filter(bringsCode).map(({ span }) => ({ ...otherCode("ALTER", objectType), span }));
}

function bringsCode(action: AlterAction): boolean {
  switch (action.kind) {
    case "Action":
      return action.action === "PULL" || action.action === "COMMIT";
    case "UnmodelledAction":
      return /^(ADD|DEPLOY|FROM)\b/.test(action.words);
    case "SetProperties":
      return action.properties.some((one) => CODE_PLACES.has(one.name));
    default:
      return false;
  }
}

/** Where a notebook or a Streamlit application takes its code from. */
const CODE_PLACES: ReadonlySet<string> = new Set(["ROOT_LOCATION", "MAIN_FILE", "IMPORTS"]);

/** DDL and row-changing DML whose target only run time knows. A user holds no rows and no schema, whatever its name. */
function dynamicTargets(act: Act): Breach[] {
  const { statement } = act;
  if ("objectType" in statement && statement.objectType === "USER") return [];
  return targetNames(statement)
    .filter((name) => name.kind === "IdentifierFunction" && objectTarget(name, act) === DYNAMIC)
    .map((name) => ({
      message: "The name of what this changes is only known at run time.",
      fix: "Write the name out, or IDENTIFIER('…') with a constant.",
      span: name.span,
    }));
}

function targetNames(statement: Act["statement"]): Name[] {
  switch (statement.kind) {
    case "Alter": {
      const moved = statement.actions.flatMap((action) =>
        action.kind === "RenameTo" || action.kind === "SwapWith" ? [action.name] : [],
      );
      return [...(statement.name ? [statement.name] : []), ...moved];
    }
    case "GrantRole":
      return [statement.role];
    case "GrantPrivileges":
    case "GrantOwnership":
      return [
        ...(statement.on.name ? [statement.on.name] : []),
        ...(statement.on.in?.name ? [statement.on.in.name] : []),
      ];
    case "Drop":
    case "Undrop":
    case "CreateTable":
    case "CreateDynamicTable":
    case "CreateView":
    case "CreateProcedure":
    case "CreateFunction":
    case "CreateDatabase":
    case "CreateSchema":
    case "CreateTask":
    case "CreateAlert":
    case "CreateStream":
    case "CreateSequence":
    case "CreatePolicy":
    case "CreatePipe":
    case "CreateSemanticView":
    case "CreateCortexSearchService":
    case "CreateType":
    case "CreateObject":
      return [statement.name];
    default:
      return writtenTables(statement);
  }
}
