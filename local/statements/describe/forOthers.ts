import type { ShareDoc, StreamlitDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import type { Row, StatementResult } from "../../execution/result";
import { timestampLtz, varchar } from "../../types/dataType";
import { securableName } from "../show/grants/rows";
import { columnOf, encodeCell } from "../show/table";

const columns = (...names: string[]) => names.map((name) => columnOf({ name, type: varchar() }));

/** DESCRIBE SHARE: what is in it. */
export function describeShare(context: ExecutionContext, share: ShareDoc): StatementResult {
  const { catalogue } = context;
  const grants = catalogue.all("GRANT").filter(({ granteeId }) => granteeId === share.id);
  const sharedOn = timestampLtz(3);
  return {
    columns: [...columns("kind", "name"), columnOf({ name: "shared_on", type: sharedOn })],
    rows: grants.flatMap((grant): Row[] => {
      const object = catalogue.byId(grant.objectId);
      return object ? [[object.kind, securableName(context, object), encodeCell(sharedOn, grant.createdOn)]] : [];
    }),
  };
}

/** DESCRIBE STREAMLIT. What its packages come to is not known without running it. */
export function describeStreamlit(_context: ExecutionContext, doc: StreamlitDoc): StatementResult {
  const text = (name: string) => (doc.settings[name] as string | undefined) ?? null;
  const integrations = (doc.settings["EXTERNAL_ACCESS_INTEGRATIONS"] as string[] | undefined) ?? [];
  const cells: Record<string, string | null> = {
    name: doc.name,
    title: text("TITLE"),
    root_location: text("ROOT_LOCATION"),
    main_file: text("MAIN_FILE"),
    query_warehouse: text("QUERY_WAREHOUSE"),
    url_id: String(doc.id),
    default_packages: "",
    user_packages: "[]",
    import_urls: "[]",
    external_access_integrations: `[${integrations.join(", ")}]`,
    external_access_secrets: "{}",
  };
  return { columns: columns(...Object.keys(cells)), rows: [Object.values(cells)] };
}
