import * as snowflake from "@pulumi/snowflake";
import { comment, database, pick, place, schema } from "./place";

/** What is meant for others: shares, connections, web applications. */
const share = new snowflake.Share("share", { name: "LIFE_SHARE", comment });
const shown = new snowflake.View("shown", {
  name: "V_SHARED",
  ...place,
  statement: "SELECT 1 AS A",
  isSecure: "true",
});
const onDatabase = new snowflake.GrantPrivilegesToShare("shareDatabase", {
  toShare: share.name,
  privileges: ["USAGE"],
  onDatabase: database.name,
});
const onSchema = new snowflake.GrantPrivilegesToShare(
  "shareSchema",
  { toShare: share.name, privileges: ["USAGE"], onSchema: schema.fullyQualifiedName },
  { dependsOn: onDatabase },
);
new snowflake.GrantPrivilegesToShare(
  "shareView",
  { toShare: share.name, privileges: ["SELECT"], onView: shown.fullyQualifiedName },
  { dependsOn: onSchema },
);

new snowflake.PrimaryConnection("connection", { name: "LIFE_CONNECTION", comment });

const files = new snowflake.Stage("appFiles", { name: "APP_FILES", ...place });
new snowflake.Streamlit("streamlit", {
  name: "APP",
  ...place,
  stage: files.fullyQualifiedName,
  directoryLocation: pick("one", "two"),
  mainFile: pick("a.py", "b.py"),
  title: "an app",
  comment,
});
