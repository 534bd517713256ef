import { OBJECT, varchar } from "../types/dataType";
import { type FunctionTable, scalar } from "./call";

/** Source: https://docs.snowflake.com/en/user-guide/semistructured-data-formats (XML) */
export const xmlFunctions: FunctionTable = {
  PARSE_XML: scalar(
    1,
    2,
    (call) => call.result(`sf_parse_xml(${call.text(0)}, ${call.has(1) ? call.bool(1) : "FALSE"})`, OBJECT, true),
    { names: ["STR", "DISABLE_AUTO_CONVERT"] },
  ),
  CHECK_XML: scalar(1, 2, (call) => call.result(`sf_check_xml(${call.text(0)})`, varchar(), true), {
    names: ["STR", "DISABLE_AUTO_CONVERT"],
  }),
  TO_XML: scalar(1, 1, (call) => call.result(`sf_to_xml(${call.asVariant(0)})`, varchar())),
  XMLGET: scalar(2, 3, (call) =>
    call.result(
      `sf_xmlget(${call.stored(0)}, ${call.text(1)}, ${call.has(2) ? call.int(2) : "0::BIGINT"})`,
      OBJECT,
      true,
    ),
  ),
};
