import type { CreateTag } from "../../../../dialect/index";
import type { TagDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { Properties } from "../support/properties";
import { createInSchema } from "./place";

export const createTag = (context: ExecutionContext, statement: CreateTag): Promise<StatementResult> => {
  const read = (): Pick<TagDoc, "allowedValues" | "comment"> => {
    const properties = new Properties(context, statement.properties);
    const comment = properties.text("COMMENT");
    properties.finish("TAG");
    return { comment, allowedValues: statement.allowedValues?.map((v) => v.value) };
  };
  return createInSchema(context, statement, "TAG", () => ({
    draft: read,
    async alter(unit, doc) {
      unit.catalogue.update<TagDoc>(doc, read());
    },
  }));
};
