import assert from "node:assert/strict";
import { RULES } from "../../law/index";
import { Judgements } from "../../policies/judgements";
import { rulePolicy } from "../../policies/rulePolicy";

type Validate = ReturnType<typeof rulePolicy>["validateResource"];
type Validated = Parameters<Extract<Validate, (...args: never[]) => unknown>>[0];

const urn = "urn:pulumi:dev::shop::snowflake:index/table:Table::users";
const users = {
  type: "snowflake:index/table:Table",
  name: "users",
  urn,
  props: { database: "CLAUDE_BI", schema: "MCP", name: "USERS" },
};

function told(config: object, judgements = new Judgements(), resource = users): string[] {
  const [rule] = RULES;
  const { validateResource } = rulePolicy(rule as (typeof RULES)[number], judgements);
  assert.ok(typeof validateResource === "function");
  const messages: string[] = [];
  const args = { ...resource, getConfig: () => config } as unknown as Validated;
  void validateResource(args, (message) => messages.push(message.split(":")[0] ?? ""));
  return messages;
}

describe("the policy of a rule", () => {
  it("leaves alone what it is told by name or URN, and nothing else", () => {
    assert.deepEqual(told({ allow: [] }), ["[TT01] users"]);
    assert.deepEqual(told({ allow: ["others", "CLAUDE_BI.MCP.USERS"] }), ["[TT01] users"]);
    assert.deepEqual(told({ allow: ["users"] }), []);
    assert.deepEqual(told({ allow: [urn] }), []);
  });

  it("follows no configuration that it does not understand", () => {
    assert.throws(
      () => told({ alow: ["users"] }),
      /^Error: two-table-law: alow is no setting of tt01; there is allow\.$/,
    );
  });

  it("does not call an entry unused whose resource is not known yet, nor when nothing is left alone", () => {
    const listed = (allow: string[], props: object) => {
      const judgements = new Judgements();
      const resource = { ...users, props: props as typeof users.props };
      told({ allow }, judgements, resource);
      return judgements.leftAlone([resource]).map(({ where, used }) => `${where.resource} ${used}`);
    };
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.deepEqual(listed([], users.props), []);
    assert.deepEqual(listed(["users"], users.props), ["users true"]);
    assert.deepEqual(listed([urn], users.props), ["users true"]);
    assert.deepEqual(listed(["users"], { ...users.props, database: "OTHER" }), ["users false"]);
    assert.deepEqual(listed(["users", urn, "nobody"], { ...users.props, name: unknown }), ["nobody false"]);
  });
});
