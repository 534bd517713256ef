import { define } from "./definition";

/** https://docs.snowflake.com/en/user-guide/snowflake-cortex/aisql; those of schema SNOWFLAKE.CORTEX go by their last name. */
export const modelFunctions = [
  ...define(
    "model",
    { determinism: "model" },
    `AI_CLASSIFY(any, array, any?, any?) object
    AI_COMPLETE(any, ...any) any
    AI_COUNT_TOKENS(text, ...any) integer
    AI_EMBED(text, any, ...any) vector
    AI_MULTI_EMBED(any, ...any) any
    AI_EXTRACT(any, ...any) object
    AI_FILTER(any, ...any) boolean
    AI_PARSE_DOCUMENT(file, any?) any
    AI_REDACT(text, ...any) text
    AI_SENTIMENT(text, ...any) object
    AI_SIMILARITY(any, any, any?) float
    AI_SUMMARIZE(any, ...any) text
    AI_TRANSCRIBE(file, any?) object
    AI_TRANSLATE(text, text, text, ...any) text`,
  ),
  ...define(
    "model",
    { determinism: "model", aggregate: true },
    `AI_AGG(text, text, ...any) text
    AI_SUMMARIZE_AGG(text, ...any) text`,
  ),
];

/** https://docs.snowflake.com/en/sql-reference/functions-vector and functions-file */
export const vectorAndFileFunctions = [
  ...define(
    "vector and file",
    {},
    `VECTOR_COSINE_SIMILARITY VECTOR_INNER_PRODUCT VECTOR_L1_DISTANCE VECTOR_L2_DISTANCE(vector, vector) float
  VECTOR_NORMALIZE VECTOR_L2_NORMALIZE(vector) vector
  VECTOR_TRUNCATE(vector, integer) vector
  TO_FILE TRY_TO_FILE(any, text?) file
  FL_GET_CONTENT_TYPE FL_GET_ETAG FL_GET_FILE_TYPE FL_GET_RELATIVE_PATH FL_GET_STAGE FL_GET_STAGE_FILE_URL(any, text?) text
  FL_GET_LAST_MODIFIED(any) timestamp_tz
  FL_GET_SIZE(any) integer
  FL_IS_AUDIO FL_IS_COMPRESSED FL_IS_DOCUMENT FL_IS_IMAGE FL_IS_VIDEO(any) boolean
  BUILD_STAGE_FILE_URL GET_RELATIVE_PATH GET_ABSOLUTE_PATH(any, text) text
  GET_STAGE_LOCATION(any) text`,
  ),
  // These URLs are signed for a user or a time.
  ...define(
    "vector and file",
    { determinism: "session" },
    `BUILD_SCOPED_FILE_URL(any, text, boolean?) text
    GET_PRESIGNED_URL(any, text, integer?) text
    FL_GET_SCOPED_FILE_URL(any, text?) text`,
  ),
];
