import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";

/** An object whose definition the provider cannot express, or would drop to change. */
export interface SqlObjectArgs {
  /** Kind and name, with argument types where they identify it: `PROCEDURE DB.MCP.P(VARIANT)`. A new identity is a new object. */
  identity: string;
  /** `CREATE OR ALTER …`: runs on every edit, keeps rows and grants. */
  definition: pulumi.Input<string>;
  /** Runs when the object leaves the program or changes its identity. */
  drop: string;
  /** One statement whose answer is kept in the state, so that `pulumi refresh` shows what was changed elsewhere. */
  readBack: string;
  /** Refuses to delete the object; edits of its definition stay possible. */
  protect?: boolean;
}

/**
 * Owns one object by two Executes. An edit of `definition` replaces the second one, whose old `revert` runs after the new
 * statement and therefore does nothing; the first one never changes while the object lives, and its `revert` is the DROP.
 */
export class SqlObject extends pulumi.ComponentResource {
  /** Replaced exactly when the object is another one: what hangs on the object follows it by `replaceWith`. */
  readonly owner: snowflake.Execute;
  /** Exists once the object does. */
  readonly definition: snowflake.Execute;

  constructor(name: string, args: SqlObjectArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:SqlObject", name, {}, options);
    this.owner = new snowflake.Execute(
      `${name}-owner`,
      { execute: `SELECT '${args.identity}' AS OWNS`, revert: args.drop },
      { parent: this, protect: args.protect },
    );
    this.definition = new snowflake.Execute(
      `${name}-definition`,
      { execute: args.definition, revert: `SELECT '${args.identity}' AS KEPT`, query: args.readBack },
      { parent: this, dependsOn: [this.owner], replaceWith: [this.owner] },
    );
    this.registerOutputs({ owner: this.owner.id, definition: this.definition.id });
  }
}
