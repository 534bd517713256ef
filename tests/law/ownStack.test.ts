import assert from "node:assert/strict";
import { LANDING_COLUMNS as DECLARED_COLUMNS } from "../../components/catalogue";
import { EventWarehouse } from "../../components/eventWarehouse";
import { readSettings } from "../../components/settings";
import { judge, LANDING_COLUMNS, readResource, type Source, sourceOf } from "../../law/index";
import { type RecordedResource, recordResources, settled } from "../components/recordingMocks";

describe("the warehouse as it is declared", () => {
  let recorded: RecordedResource[];

  before(async () => {
    recorded = recordResources();
    const settings = readSettings({
      config: { account: "ORG-ACCOUNT", user: "DEPLOYER", password: "secret" },
      environment: {},
    });
    const warehouse = new EventWarehouse("warehouse", { settings });
    await settled(warehouse.outputs);
  });

  it("keeps the law, each resource by itself and all together", () => {
    const sources: Source[] = recorded.flatMap(({ type, name, inputs }) => {
      const judged = readResource(type, inputs);
      assert.deepEqual(judged?.unknown ?? [], []);
      return (judged?.texts ?? []).map((text) => sourceOf(name, text));
    });
    assert.ok(recorded.length > 150, `${recorded.length} resources`);
    assert.deepEqual(
      judge(sources, { whole: true }).findings.map(({ code, message, where }) => [code, where.resource, message]),
      [],
    );
  });

  it("has a landing table of the columns that the law holds fast", () => {
    const landing = recorded.find(({ type, inputs }) => type.endsWith(":Table") && inputs["name"] === "RAW_EVENTS");
    const columns = (landing?.inputs["columns"] as { name: string }[] | undefined)?.map(({ name }) => name);
    assert.deepEqual(columns, LANDING_COLUMNS);
    assert.deepEqual([...DECLARED_COLUMNS], LANDING_COLUMNS);
  });
});
