/** A string literal as GET_DDL and SHOW print it: quotes doubled, backslashes kept readable. */
export const quoteText = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
