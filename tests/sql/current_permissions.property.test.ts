import assert from "node:assert/strict";
import fc from "fast-check";
import { eventId } from "../../client/eventId";
import { effectiveRights, type PermissionEvent } from "./permissionModel";
import { TestWarehouse } from "./warehouse";

const HISTORIES = 10_000;
const HISTORIES_PER_INSERT = 1_000;
const START = Date.parse("2026-03-01T10:00:00Z");

/** Few names and few moments, so that overriding, ties and groups with members are common. */
const decision = fc.record({
  verb: fc.constantFrom("granted", "granted", "denied", "revoked"),
  subject: fc.constantFrom("USER A", "USER B", "GROUP G", "GROUP H"),
  target: fc.constantFrom("*", "order.*", "order.placed"),
  at: fc.nat(4),
  expired: fc.boolean(),
});
const membership = fc.record({
  verb: fc.constantFrom("member_added", "member_added", "member_removed"),
  subject: fc.constantFrom("GROUP G", "GROUP H"),
  target: fc.constantFrom("A", "B"),
  at: fc.nat(4),
  expired: fc.constant(false),
});
type Step = { verb: string; subject: string; target: string; at: number; expired: boolean };
const history: fc.Arbitrary<Step[]> = fc.array(fc.oneof({ weight: 2, arbitrary: decision }, membership), {
  minLength: 1,
  maxLength: 10,
});

/** Each history has users and groups of its own, so that all of them can be judged by one query. */
function eventsOf(steps: Step[], n: number): PermissionEvent[] {
  const seen = new Set<string>();
  return steps.flatMap(({ verb, subject, target, at, expired }) => {
    const [type, name] = subject.split(" ") as ["USER" | "GROUP", string];
    const isMembership = verb.startsWith("member");
    const event: PermissionEvent = {
      verb: verb as PermissionEvent["verb"],
      subject: { type, name: `${name}${n}` },
      target: isMembership ? `${target}${n}` : target,
      at: START + at * 1000,
      expired,
      eventId: eventId({
        action: actionOf(verb),
        actorId: "BOSS",
        objectType: type,
        objectId: `${name}${n}`,
        occurredAt: START + at * 1000,
        sourceLane: "SYSTEM",
        recvAt: START,
      }),
    };
    // One subject, target and moment has one event of a verb: two that differ in the expiry alone would share their id.
    const key = `${event.eventId}|${event.target}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [event];
  });
}

const actionOf = (verb: string) => (verb.startsWith("member") ? `system.group.${verb}` : `system.permission.${verb}`);

const payloadOf = ({ verb, subject, target, at, expired }: PermissionEvent) => ({
  action: actionOf(verb),
  occurred_at: new Date(at).toISOString(),
  actor_id: "BOSS",
  object: { type: subject.type, id: subject.name },
  attributes: verb.startsWith("member")
    ? { member: target }
    : { pattern: target, expires_at: expired ? "2026-03-02T00:00:00+01:00" : "2999-01-01T00:00:00Z" },
});

describe("CURRENT_PERMISSIONS", () => {
  let warehouse: TestWarehouse;
  before(async () => {
    warehouse = await TestWarehouse.start();
  });
  after(() => warehouse?.close());

  it(`agrees with the reference model over ${HISTORIES} random histories of grants, denials, revocations and groups`, async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
    const histories = fc.sample(history, { numRuns: HISTORIES, seed }).map(eventsOf);
    for (let i = 0; i < HISTORIES; i += HISTORIES_PER_INSERT) {
      const payloads = histories
        .slice(i, i + HISTORIES_PER_INSERT)
        .flat()
        .map(payloadOf);
      await warehouse.query(
        `INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD, _SOURCE_LANE, _RECV_AT)
         SELECT value, 'SYSTEM', '${new Date(START).toISOString()}'::TIMESTAMP_TZ FROM TABLE(FLATTEN(INPUT => PARSE_JSON(?)))`,
        warehouse.deployer,
        [JSON.stringify(payloads)],
      );
    }
    const rows = await warehouse.query("SELECT USER_NAME, PATTERN, EFFECT FROM CLAUDE_BI.MCP.CURRENT_PERMISSIONS");
    const found = new Map(rows.map(({ USER_NAME, PATTERN, EFFECT }) => [`${USER_NAME}|${PATTERN}`, EFFECT]));
    assert.equal(found.size, rows.length, "one row per user and pattern");
    let rights = 0;
    for (const events of histories) {
      const expected = effectiveRights(events);
      rights += expected.size;
      for (const [key, effect] of expected) {
        assert.equal(found.get(key), effect, `${key} (SEED=${seed}): ${JSON.stringify(events, null, 1)}`);
      }
    }
    assert.equal(rows.length, rights, `no right beyond the model's (SEED=${seed})`);
  });
});
