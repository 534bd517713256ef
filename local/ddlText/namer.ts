import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ObjectDoc } from "../catalogue/model";
import { fullName, printName } from "../names/print";

/** What the texts are made from, and how they call the objects they create. */
export interface DdlContext {
  catalogue: CatalogueSnapshot;
  /** The third argument of GET_DDL: `DB.SCHEMA.NAME` instead of `NAME`. */
  qualified: boolean;
}

export const nameIn = ({ catalogue, qualified }: DdlContext, doc: ObjectDoc): string =>
  qualified ? fullName(catalogue, doc) : printName(doc.name);

/** The name of something that the statement refers to; always qualified. */
export const referenced = ({ catalogue }: DdlContext, id: number | undefined): string => {
  const doc = id === undefined ? undefined : catalogue.byId(id);
  return doc ? fullName(catalogue, doc) : "";
};
