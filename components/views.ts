import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { ViewEntry } from "./catalogue";
import type { GovernedDatabase } from "./governedDatabase";
import { type Names, viewName } from "./names";
import { headerOf, readTemplate, renderSqlFile, stripHeader } from "./renderSql";
import type { TemplateValues } from "./templateValues";

export interface ViewsArgs {
  entries: readonly ViewEntry[];
  governed: GovernedDatabase;
  names: Names;
  values: TemplateValues;
  /** Connections by owner: a view belongs to the role that creates it. */
  owners: { service: snowflake.Provider; deployer: snowflake.Provider };
  /** What the views read and what their owner needs to create them. */
  requires: pulumi.Resource[];
}

/** Every view, made of `sql/views/<name>.sql`: the header comment becomes the view's comment, the query its statement. */
export class Views extends pulumi.ComponentResource {
  readonly views = new Map<string, snowflake.View>();

  constructor(
    name: string,
    { entries, governed, names, values, owners, requires }: ViewsArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super("two-table-warehouse:index:Views", name, {}, options);
    for (const entry of entries) {
      const read = (entry.reads ?? []).map((other) => {
        const view = this.views.get(other);
        if (!view) throw new Error(`View ${entry.name} reads ${other}, which must stand before it in the catalogue`);
        return view;
      });
      const view = new snowflake.View(
        `${name}-${entry.name.toLowerCase()}`,
        {
          ...governed.place(entry.schema),
          name: viewName(entry.name, names),
          statement: stripHeader(renderSqlFile(fileOfView(entry), values)),
          comment: headerOf(readTemplate(fileOfView(entry))),
          copyGrants: true,
        },
        {
          parent: this,
          provider: owners[entry.owner ?? "service"],
          dependsOn: [governed.schemas[entry.schema], ...requires, ...read],
          replaceWith: [governed.schemas[entry.schema]],
        },
      );
      this.views.set(entry.name, view);
    }
    this.registerOutputs({});
  }
}

export const fileOfView = ({ name }: ViewEntry) => `views/${name.toLowerCase()}.sql`;
