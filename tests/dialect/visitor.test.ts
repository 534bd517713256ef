import assert from "node:assert/strict";
import { BREAK, children, parseStatement, visit } from "../../dialect/index";

const statement = parseStatement(
  "create table t (a int default f(1)) as select b, (select c from u) from v where d = 1",
);

describe("visitor", () => {
  it("meets the nodes in the order of the text", () => {
    const names: string[] = [];
    visit(statement, { Identifier: ({ text }) => void names.push(text) });
    assert.deepEqual(names, ["t", "a", "f", "b", "c", "u", "v", "d"]);
  });
  it("leaves out the children of a node that answers false", () => {
    const names: string[] = [];
    visit(statement, { SubqueryExpression: () => false, Identifier: ({ text }) => void names.push(text) });
    assert.deepEqual(names, ["t", "a", "f", "b", "v", "d"]);
  });
  it("stops at BREAK", () => {
    const names: string[] = [];
    visit(statement, {
      Identifier({ text }) {
        names.push(text);
        return text === "b" ? BREAK : undefined;
      },
    });
    assert.deepEqual(names, ["t", "a", "f", "b"]);
  });
  it("calls enter and leave around the children, with the way there", () => {
    const steps: string[] = [];
    visit(parseStatement("select 1"), {
      enter: (node, ancestors) => void steps.push(`>${node.kind}${ancestors.length}`),
      leave: (node, ancestors) => void steps.push(`<${node.kind}${ancestors.length}`),
    });
    assert.deepEqual(steps, [
      ">Query0",
      ">Select1",
      ">SelectItem2",
      ">NumberLiteral3",
      "<NumberLiteral3",
      "<SelectItem2",
      "<Select1",
      "<Query0",
    ]);
  });
  it("gives the children of one node", () => {
    assert.deepEqual(
      children(parseStatement("select 1 limit 2")).map(({ kind }) => kind),
      ["Select", "Limit"],
    );
  });
  it("every node's span holds those of its children", () => {
    visit(statement, {
      enter(node, ancestors) {
        const parent = ancestors.at(-1);
        if (parent)
          assert.ok(
            parent.span.start <= node.span.start && node.span.end <= parent.span.end,
            `${parent.kind} ${node.kind}`,
          );
      },
    });
  });
});
