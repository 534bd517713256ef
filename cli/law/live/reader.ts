import type { LawSettings } from "../../../law/index";

export type Row = Record<string, unknown>;

/** Runs one statement on the account. */
export type Query = (sqlText: string) => Promise<Row[]>;

/** Reads the catalogue of an account; what it is refused is noted, since nothing may pass unread in silence. */
export class Reader {
  readonly unread: string[] = [];

  /** What only some roles may see, and an account without the feature has not at all. */
  readonly unseen: string[] = [];

  constructor(
    private readonly query: Query,
    readonly settings: LawSettings,
  ) {}

  /** The governed database, as it stands in a statement. */
  get database(): string {
    return quote(this.settings.database);
  }

  async rows(sqlText: string): Promise<Row[]> {
    return this.attempt(sqlText, (reason) => this.unread.push(`${sqlText}: ${reason}`));
  }

  /** The same of what is asked beside the rest: a refusal says nothing of whether all else was read. */
  async rowsIfSeen(sqlText: string, what: string): Promise<Row[]> {
    return this.attempt(sqlText, (reason) => this.unseen.push(`${what}: ${reason}`));
  }

  private async attempt(sqlText: string, refused: (reason: string) => void): Promise<Row[]> {
    try {
      return await this.query(sqlText);
    } catch (error) {
      refused((error as Error).message.replace(/\s+/g, " "));
      return [];
    }
  }

  /** What GET_DDL says of an object; undefined when it may not be seen. */
  async ddl(kind: string, name: string): Promise<string | undefined> {
    const [row] = await this.rows(`SELECT GET_DDL(${literal(kind)}, ${literal(name)}, TRUE) AS DDL`);
    return row && text(row, "DDL");
  }
}

/** A column as text; empty for NULL and for what this account does not show. */
export const text = (row: Row, column: string): string => {
  const value = row[column];
  return value === null || value === undefined ? "" : String(value);
};

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const qualified = (...parts: string[]): string => parts.map(quote).join(".");

export const literal = (value: string): string => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
