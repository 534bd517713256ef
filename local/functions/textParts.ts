import { compilationError } from "../errors";
import { type Bound, bound, constantText, isNullLiteral } from "../translate/bound";
import { collationOf, preparedText } from "../translate/collation";
import { likeSql } from "../translate/expressions/like";
import { patternCollation } from "../translate/expressions/predicates";
import { planText } from "../translate/planText";
import { hierarchyPath } from "../translate/query/connectBy";
import { once, quote } from "../translate/sql";
import { ARRAY, BOOLEAN, MAX_LOB_SIZE, number, OBJECT, varchar } from "../types/dataType";
import { alsoOfBytes } from "./bytes";
import { type Call, type FunctionTable, scalar, textLength } from "./call";
import { byCollation } from "./collatedSearch";
import { tooLarge } from "./string";

const COUNT = number(18, 0);
const MAX_DISTANCE = 2 ** 31 - 1;
const INITCAP_DELIMITERS = ' \t\n\r\f\v!?@"^#$&~_,.:;+-*%/|\\[](){}<>';

/** CHARINDEX and POSITION: from 1 on, 0 when it is not there. An empty text is found at once. */
const position = byCollation(
  alsoOfBytes(
    scalar(2, 3, (call) => {
      const start = call.has(2) ? call.int(2) : "1::BIGINT";
      return call.result(`sf_position(${call.text(0)}, ${call.text(1)}, ${start})::DECIMAL(9,0)`, number(9, 0));
    }),
  ),
  "WHERE",
  { text: 1, sought: 0 },
);

/** LIKE and ILIKE written as functions: subject, pattern, escape character. */
const likeFunction = (operator: "LIKE" | "ILIKE") =>
  scalar(2, 3, (call) => {
    const escapeWith = call.has(2) ? call.arg(2) : undefined;
    const collation = patternCollation(operator, [call.arg(0), call.arg(1)], () => call.position());
    const text = (i: number) => (collation ? preparedText(call.text(i), collation) : call.text(i));
    const ignoresCase = collation && !collation.isCaseSensitive;
    return call.result(likeSql(ignoresCase ? "ILIKE" : operator, text(0), text(1), escapeWith), BOOLEAN);
  });

const permissive = (call: Call, i: number): string => {
  if (!call.has(i)) return "FALSE";
  return call.bool(i);
};

function length(call: Call, factor: number): Bound {
  const { type, sql } = call.arg(0);
  const bytes = type.kind === "BINARY" ? `octet_length(${sql})` : `strlen(${call.text(0)})`;
  return call.result(`(${bytes} * ${factor})::DECIMAL(19,0)`, number(19, 0));
}

/** Functions that look into texts or rebuild them from parts. Source: https://docs.snowflake.com/en/sql-reference/functions-string */
export const textPartFunctions: FunctionTable = {
  BIT_LENGTH: scalar(1, 1, (call) => length(call, 8)),
  INSERT: alsoOfBytes(
    scalar(4, 4, (call) =>
      call.result(`sf_insert(${call.text(0)}, ${call.int(1)}, ${call.int(2)}, ${call.text(3)})`, varchar()),
    ),
  ),
  SPACE: scalar(1, 1, (call) =>
    call.result(
      once(
        call.int(0),
        (n) => `CASE WHEN ${n} <= 0 THEN '' WHEN ${n} > ${MAX_LOB_SIZE} THEN ${tooLarge(n)} ELSE repeat(' ', ${n}) END`,
      ),
      varchar(),
    ),
  ),
  TRANSLATE: scalar(3, 3, (call) =>
    call.result(
      `sf_translate(${call.text(0)}, ${call.text(1)}, ${call.text(2)})`,
      varchar(textLength(call.arg(0).type)),
    ),
  ),
  INITCAP: scalar(1, 2, (call) => {
    const delimiters = call.has(1) ? call.text(1) : `'${INITCAP_DELIMITERS}'`;
    return call.result(`sf_initcap(${call.text(0)}, ${delimiters})`, varchar(textLength(call.arg(0).type)));
  }),
  UNICODE: scalar(1, 1, (call) =>
    call.result(
      once(call.text(0), (x) => `CASE WHEN ${x} = '' THEN 0 ELSE unicode(${x}) END::DECIMAL(18,0)`),
      COUNT,
    ),
  ),
  CHARINDEX: position,
  POSITION: position,
  RTRIMMED_LENGTH: scalar(1, 1, (call) => call.result(`length(rtrim(${call.text(0)}, ' '))::DECIMAL(18,0)`, COUNT)),
  EDITDISTANCE: scalar(2, 3, (call) =>
    call.result(
      `sf_edit_distance(${call.text(0)}, ${call.text(1)}, ${call.has(2) ? call.int(2) : `${MAX_DISTANCE}::BIGINT`})::DECIMAL(9,0)`,
      number(9, 0),
    ),
  ),
  JAROWINKLER_SIMILARITY: scalar(2, 2, (call) =>
    call.result(`sf_jaro_winkler(${call.text(0)}, ${call.text(1)})::DECIMAL(4,0)`, number(4, 0)),
  ),
  SOUNDEX: scalar(1, 1, (call) => call.result(`sf_soundex(${call.text(0)}, '')`, varchar())),
  SOUNDEX_P123: scalar(1, 1, (call) => call.result(`sf_soundex(${call.text(0)}, 'P123')`, varchar())),
  STRTOK: scalar(1, 3, (call) =>
    call.result(
      `sf_strtok(${call.text(0)}, ${call.has(1) ? call.text(1) : "' '"}, ${call.has(2) ? call.int(2) : "1::BIGINT"})`,
      varchar(textLength(call.arg(0).type)),
      true,
    ),
  ),
  STRTOK_TO_ARRAY: scalar(1, 2, (call) =>
    call.result(`to_json(sf_tokens(${call.text(0)}, ${call.has(1) ? call.text(1) : "' '"}))`, ARRAY),
  ),
  LIKE: likeFunction("LIKE"),
  ILIKE: likeFunction("ILIKE"),
  PARSE_URL: scalar(1, 2, (call) => call.result(`sf_parse_url(${call.text(0)}, ${permissive(call, 1)})`, OBJECT)),
  PARSE_IP: scalar(2, 3, (call) =>
    call.result(`sf_parse_ip(${call.text(0)}, ${call.text(1)}, ${permissive(call, 2)})`, OBJECT),
  ),
  /** The arguments are read by CONNECT BY itself. */
  SYS_CONNECT_BY_PATH: scalar(2, 2, (call) => hierarchyPath(call.binder, call.node), { raw: () => true }),
  COLLATION: scalar(1, 1, (call) => {
    const { type } = call.arg(0);
    const spec = isNullLiteral(call.arg(0)) ? undefined : collationOf(type);
    return bound(spec === undefined ? "NULL::VARCHAR" : `${quote(spec)}::VARCHAR`, varchar(), spec === undefined);
  }),
  COLLATE: scalar(2, 2, (call) => {
    const { kind } = call.arg(0).type;
    if (kind !== "VARCHAR" && kind !== "NULL") {
      const written = planText(call.binder, call.node_(0));
      throw compilationError("001015", "22023", `argument needs to be a string: '${written}'`);
    }
    if (call.node_(1).kind !== "StringLiteral")
      throw compilationError(
        "001015",
        "22023",
        "Argument number 2 for function 'COLLATE' needs to be a string literal.",
      );
    return call.collated(constantText(call.arg(1)) as string);
  }),
};
