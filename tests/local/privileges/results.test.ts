import assert from "node:assert/strict";
import { execute } from "../support";
import { Roles } from "./support";

describe("The result of a statement", () => {
  let roles: Roles;

  before(async () => {
    roles = await Roles.start(["create role A", "grant role A to user WORKER"]);
  });
  after(() => roles.close());

  for (const [how, sql] of [
    ["scanned", (id: string) => `select * from table(result_scan('${id}'))`],
    ["described", (id: string) => `describe result '${id}'`],
  ] as const)
    it(`is ${how} by the user who ran it and by nobody else`, async () => {
      const { statement } = await execute(await roles.session("A"), "select 42 as SECRET_NAME");
      const id = statement.getQueryId();
      assert.match(JSON.stringify(await roles.run("A", sql(id))), /SECRET_NAME/);
      await roles.refused("ACCOUNTADMIN", sql(id), "000709", `Statement ${id} not found`);
    });
});
