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
  /** One statement whose answer is kept in the state: `pulumi refresh` shows what was changed elsewhere, and the next update undoes it. */
  readBack: string;
  /** Refuses to delete the object; edits of its definition stay possible. */
  protect?: boolean;
}

/**
 * Owns one object by three Executes. An edit of `definition` replaces the second one, whose old `revert` runs after the new
 * statement and therefore does nothing; the first one never changes while the object lives, and its `revert` is the DROP.
 * The third one runs the definition again whenever a refresh found another object than that, or none: the provider itself
 * never repeats a statement for what it reads.
 */
export class SqlObject extends pulumi.ComponentResource {
  /** Replaced exactly when the object is another one: what hangs on the object follows it by `replaceWith`. */
  readonly owner: snowflake.Execute;
  private readonly definition: snowflake.Execute;
  /** Exists once the object does, as it is defined. */
  readonly restored: snowflake.Execute;

  constructor(name: string, args: SqlObjectArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:SqlObject", name, {}, options);
    this.owner = new snowflake.Execute(
      `${name}-owner`,
      { execute: `SELECT '${args.identity}' AS OWNS`, revert: args.drop },
      { parent: this, protect: args.protect },
    );
    const kept = `SELECT '${args.identity}' AS KEPT`;
    this.definition = new snowflake.Execute(
      `${name}-definition`,
      { execute: args.definition, revert: kept, query: args.readBack },
      { parent: this, dependsOn: [this.owner], replaceWith: [this.owner] },
    );
    this.restored = new snowflake.Execute(
      `${name}-restored`,
      { execute: args.definition, revert: kept },
      {
        parent: this,
        dependsOn: [this.definition],
        replaceWith: [this.owner],
        replacementTrigger: this.definition.queryResults.apply((found) => JSON.stringify(found ?? null)),
      },
    );
    this.registerOutputs({ owner: this.owner.id, definition: this.definition.id, restored: this.restored.id });
  }
}
