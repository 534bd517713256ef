import { framed, type ResourceReader } from "./judged";
import { literal, runsOn, schemaObject } from "./quote";
import { body } from "./tables";

/** `snowflake.ProcedureSql`: its body is judged as the body of that procedure. */
export const procedureSql: ResourceReader = (inputs) => {
  const routine = {
    database: inputs.text("database"),
    schema: inputs.text("schema"),
    name: inputs.text("name") ?? "",
    parameters: inputs.blocks("arguments").map((argument) => identifierOf(argument.text("argName") ?? "")),
    ownersRights: (inputs.text("executeAs") ?? "OWNER").toUpperCase() === "OWNER",
  };
  return body(inputs, "procedureDefinition").map((text) => ({
    ...text,
    routine,
    // A body with its caller's rights runs wherever the caller stands.
    ...(routine.ownersRights ? {} : { namespace: {} }),
  }));
};

/** A body that begins with a query, white space and comments aside; any other is an expression. */
const IS_QUERY = /^(?:\s|--[^\n]*(?:\n|$)|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(?:SELECT|WITH|VALUES)\b/i;

export const functionSql: ResourceReader = (inputs) =>
  body(inputs, "functionDefinition").map((text) => ({
    ...text,
    ...(IS_QUERY.test(text.sql) ? {} : framed("SELECT ", text.sql)),
  }));

/** An argument's name as Snowflake stores it. */
const identifierOf = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toUpperCase();

/** An application in Python, which is not read. */
export const streamlit: ResourceReader = (inputs) => [
  {
    sql: `CREATE STREAMLIT ${schemaObject(inputs)} ROOT_LOCATION = '@S' MAIN_FILE = 'M'${runsOn("QUERY_WAREHOUSE", inputs.text("queryWarehouse"))}`,
  },
];

/** Bodies in other languages cannot be read: the statement that stands for them says so. Of a procedure's the statements are that stand in it as texts. */
export const foreignProcedure =
  (language: string): ResourceReader =>
  (inputs) => [
    {
      sql: `CREATE PROCEDURE ${schemaObject(inputs)}() RETURNS VARCHAR LANGUAGE ${language} AS ${literal(inputs.text("procedureDefinition") ?? "")}`,
    },
  ];

export const foreignFunction =
  (language: string): ResourceReader =>
  (inputs) => [{ sql: `CREATE FUNCTION ${schemaObject(inputs)}() RETURNS VARCHAR LANGUAGE ${language} AS ''` }];

export const externalFunction: ResourceReader = (inputs) => [
  {
    sql: `CREATE EXTERNAL FUNCTION ${schemaObject(inputs)}() RETURNS VARIANT API_INTEGRATION = I AS 'https://example.com'`,
  },
];
