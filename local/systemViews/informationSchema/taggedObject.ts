import { DialectError, parseStatement } from "../../../dialect/index";
import type { ObjectDoc } from "../../catalogue/model";
import { invalidValue } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { printName } from "../../names/print";
import { findTarget } from "../../statements/ddl/support/target";
import { partsOfDomain } from "../arguments";

export interface Tagged {
  /** Undefined where there is none, or no such column of it. */
  object: ObjectDoc | undefined;
  /** Of domain COLUMN. */
  column?: string;
  /** The name as messages have it. */
  printed: string;
}

/** What a name and a domain mean as TAG_REFERENCES and SYSTEM$GET_TAG take them: routines come with the types of their arguments. */
export function taggedObject(context: ExecutionContext, domain: string, text: string): Tagged {
  if (domain === "FUNCTION" || domain === "PROCEDURE") return routine(context, domain, text);
  const parts = partsOfDomain(domain, text);
  if (!parts) return { object: undefined, printed: text };
  const printed = printName(...parts);
  if (domain !== "COLUMN") return { object: objectNamed(context, domain, parts), printed };
  const column = parts.pop() as string;
  const object = objectNamed(context, domain, parts);
  const isThere = object && "columns" in object && object.columns.some((c) => c.name === column);
  return { object: isThere ? object : undefined, column, printed };
}

function routine(context: ExecutionContext, domain: "FUNCTION" | "PROCEDURE", text: string): Tagged {
  try {
    const read = parseStatement(`DESCRIBE ${domain} ${text}`);
    if (read.kind === "Describe" && read.name) {
      const { doc, printed } = findTarget(context, domain, read.name, read.argumentTypes, "DESCRIBE");
      return { object: doc, printed };
    }
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
  }
  return { object: undefined, printed: text };
}

function objectNamed(context: ExecutionContext, domain: string, parts: readonly string[]): ObjectDoc | undefined {
  const { catalogue, namespace } = context;
  const own = parts.at(-1) as string;
  const ofSchema = domain === "DATABASE ROLE" ? 1 : 2;
  const database = parts.length > ofSchema ? catalogue.database(parts[0] as string)?.id : namespace.databaseId;
  const schema =
    parts.length > 1 && database != null ? catalogue.schema(database, parts.at(-2) as string)?.id : namespace.schemaId;
  switch (domain) {
    case "DATABASE":
    case "WAREHOUSE":
    case "ROLE":
    case "USER":
    case "INTEGRATION":
    case "SHARE":
      return catalogue.find(domain, 0, own);
    case "NETWORK POLICY":
      return catalogue.find("NETWORK_POLICY", 0, own);
    case "DATABASE ROLE":
      return database == null ? undefined : catalogue.find("DATABASE_ROLE", database, own);
    case "ALERT":
    case "STAGE":
    case "STREAM":
    case "TASK":
    case "MASKING POLICY":
    case "PASSWORD POLICY":
    case "ROW ACCESS POLICY":
    case "AUTHENTICATION POLICY":
    case "FILE FORMAT":
    case "SEQUENCE":
    case "STREAMLIT":
      return schema == null ? undefined : catalogue.find(domain.replaceAll(" ", "_") as "TASK", schema, own);
    case "SCHEMA": {
      const parent = parts.length > 1 ? catalogue.database(parts[0] as string)?.id : namespace.databaseId;
      return parent == null ? undefined : catalogue.schema(parent, own);
    }
    case "TABLE":
    case "VIEW":
    case "MATERIALIZED VIEW":
    case "DYNAMIC TABLE":
    case "COLUMN":
      return schema == null ? undefined : catalogue.relation(schema, own, context.session.id);
    default:
      throw invalidValue(domain, "OBJECT_DOMAIN");
  }
}
