import assert from "node:assert/strict";
import { mentionedOnly } from "../../../local/store/parameters";

describe("Parameters of a statement for the engine", () => {
  it("all mentioned: nothing changes", () => {
    assert.deepEqual(mentionedOnly("SELECT $2, $1", ["a", "b"]), { sql: "SELECT $2, $1", params: ["a", "b"] });
  });

  it("one that is not mentioned is left out and the others move up", () => {
    assert.deepEqual(mentionedOnly("SELECT $1::VARCHAR || $3::JSON || $3::VARCHAR", ["a", "b", "c"]), {
      sql: "SELECT $1::VARCHAR || $2::JSON || $2::VARCHAR",
      params: ["a", "c"],
    });
  });

  it("two digits are one number", () => {
    const params = Array.from({ length: 11 }, (_, i) => String(i));
    assert.deepEqual(mentionedOnly("SELECT $11::VARCHAR", params), { sql: "SELECT $1::VARCHAR", params: ["10"] });
  });
});
