import type { CreateModifiers } from "../../../../dialect/index";
import type { ObjectKind } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { resolvePlace } from "../../../names/resolve";
import type { WriteUnit } from "../../../store/writeUnit";
import { type Creation, createObject, existingIn } from "../support/create";
import { titleOf } from "../support/target";

/** What an object of a schema adds to the common course of CREATE. */
export type SchemaObjectCreation<K extends ObjectKind> = Pick<
  Creation<K>,
  "draft" | "after" | "alter" | "copyGrants" | "copyTags"
> & {
  title?: string;
  privilege?: string;
  temporary?: boolean;
};

/** CREATE of an object that lives in a schema and is known by its name alone. */
export function createInSchema<K extends ObjectKind>(
  context: ExecutionContext,
  statement: CreateModifiers,
  kind: K,
  describe: (unit: WriteUnit) => SchemaObjectCreation<K>,
): Promise<StatementResult> {
  const type = kind.replaceAll("_", " ");
  return context.write(
    async (unit) => {
      const place = resolvePlace(context, statement.name, `CREATE ${type}`);
      const { temporary, title, privilege, ...rest } = describe(unit);
      const sessionId = temporary ? context.session.id : undefined;
      return createObject(context, unit, statement, {
        kind,
        name: place.name,
        container: place.schema,
        privilege: privilege ?? `CREATE ${type}`,
        title: title ?? titleOf(type),
        existing: existingIn(context, kind, place.schema.id, place.name, sessionId),
        ...(sessionId === undefined ? {} : { sessionId }),
        ...rest,
      });
    },
    { ddl: true },
  );
}
