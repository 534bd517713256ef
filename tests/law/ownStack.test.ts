import assert from "node:assert/strict";
import { EventWarehouse } from "../../components/eventWarehouse";
import { readSettings } from "../../components/settings";
import { judge, readResource, type Source, sourceOf } from "../../law/index";
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
});
