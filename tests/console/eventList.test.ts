import assert from "node:assert/strict";
import { filterOf, matches } from "../../console/web/pages/events/eventFilter";
import { append, EMPTY_LIST, MAX_EVENTS, prepend } from "../../console/web/pages/events/eventList";

describe("the list of events", () => {
  const event = (id: string, action = "order.placed") => ({
    id,
    action,
    occurredAt: "2026-01-01T10:00:00.000Z",
    receivedAt: "2026-01-01T10:00:01.000Z",
    actor: "a",
    anonymousActor: null,
    objectType: "order",
    objectId: "7",
    lane: "DIRECT",
    copies: 1,
  });

  it("holds no event twice, however it came", () => {
    const first = append({ ...EMPTY_LIST, ids: new Set() }, { events: [event("1"), event("2")], next: null });
    const both = prepend(first, [event("3"), event("1")]);
    assert.deepEqual(
      both.events.map(({ id }) => id),
      ["3", "1", "2"],
    );
    assert.equal(prepend(both, [event("3")]), both);
  });

  it("lets the oldest go beyond its limit and knows where they begin", () => {
    const many = Array.from({ length: MAX_EVENTS }, (_, index) => event(`m${index}`));
    const full = prepend({ ...EMPTY_LIST, ids: new Set() }, many);
    const { events, ids, next } = prepend(full, [event("new")]);
    assert.equal(events.length, MAX_EVENTS);
    assert.equal(ids.size, MAX_EVENTS);
    assert.equal(next, `2026-01-01T10:00:01.000Z~2026-01-01T10:00:00.000Z~m${MAX_EVENTS - 2}`);
  });

  it("takes of what arrives only what matches every part of the filter", () => {
    const wanted = (query: string) => matches(event("1"), filterOf(new URLSearchParams(query)));
    for (const query of [
      "",
      "action=order.placed",
      "action=order.*",
      "actor=a",
      "object=order",
      "object=order:7",
      "lane=DIRECT",
      "from=2026-01-01T10:00:00Z",
      "to=2026-01-01T11:00:00Z",
    ])
      assert.equal(wanted(query), true, query);
    for (const query of [
      "action=order",
      "action=orders.*",
      "actor=b",
      "object=order:8",
      "object=cart",
      "lane=MCP",
      "from=2026-01-01T10:00:01Z",
      "to=2026-01-01T10:00:00Z",
      "actor=a&lane=MCP",
    ])
      assert.equal(wanted(query), false, query);
  });
});
