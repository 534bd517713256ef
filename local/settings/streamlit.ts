import { inBrackets, list, type Setting, text } from "./definition";

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-streamlit */
export const STREAMLIT: readonly Setting[] = [
  text("ROOT_LOCATION", { required: true }),
  text("MAIN_FILE", { required: true }),
  text("QUERY_WAREHOUSE", { names: "WAREHOUSE" }),
  text("TITLE"),
  list("EXTERNAL_ACCESS_INTEGRATIONS", { names: "INTEGRATION", print: inBrackets }),
];
