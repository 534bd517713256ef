import assert from "node:assert/strict";
import { checkText } from "../../../law/index";
import { describeRule } from "./describeRule";

describeRule("TT10", {
  fail: [
    [
      `create procedure CLAUDE_BI.MCP.P(A varchar) returns int language sql as begin insert into CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) select object_construct('action', concat_ws('.', 'system', 'user', :A)); return 1; end`,
      "1:164 Writes the reserved action 'system.user.' in P. (in procedure CLAUDE_BI.MCP.P)",
    ],
    [
      "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(object_construct('action', 'system.permission.granted'))",
      "1:65 Writes the reserved action 'system.permission.granted'.",
    ],
    [
      `call CLAUDE_BI.MCP.INGEST_EVENTS(parse_json('[{"action": "system.user.created"}]'), 'x')`,
      "1:45 Writes the reserved action 'system.user.created'.",
    ],
    [
      `call CLAUDE_BI.MCP.INGEST_EVENTS(parse_json($$[{"action": "order.placed"}, {"action": "mcp.query.executed"}]$$), 'x')`,
      "1:45 Writes the reserved action 'mcp.query.executed'.",
    ],
    [
      `create procedure CLAUDE_BI.MCP.HELPER() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'system.config.set');
end $$`,
      "3:88 Writes the reserved action 'system.config.set' in HELPER. (in procedure CLAUDE_BI.MCP.HELPER)",
    ],
    [
      `create procedure CLAUDE_BI.MCP.SET_CONFIG() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'system.permission.granted');
end $$`,
      "3:88 Writes the reserved action 'system.permission.granted' in SET_CONFIG. (in procedure CLAUDE_BI.MCP.SET_CONFIG)",
    ],
    [
      `create procedure CLAUDE_BI.MCP.GRANT_USER_PERMISSION() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'system.group.member_added');
end $$`,
      "3:88 Writes the reserved action 'system.group.member_added' in GRANT_USER_PERMISSION. (in procedure CLAUDE_BI.MCP.GRANT_USER_PERMISSION)",
    ],
    [
      `create procedure CLAUDE_BI.MCP.INGEST_EVENTS() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'system.backfill.done');
end $$`,
      "3:88 Writes the reserved action 'system.backfill.done' in INGEST_EVENTS. (in procedure CLAUDE_BI.MCP.INGEST_EVENTS)",
    ],
    [
      `create procedure CLAUDE_BI.MCP.EXECUTE_QUERY_PLAN() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'quality.alert.x');
end $$`,
      "3:88 Writes the reserved action 'quality.alert.x' in EXECUTE_QUERY_PLAN. (in procedure CLAUDE_BI.MCP.EXECUTE_QUERY_PLAN)",
    ],
    [
      "call SAFE_INSERT_EVENT({'action': 'quality.dead_letter'})",
      "1:35 Writes the reserved action 'quality.dead_letter'.",
    ],
    [
      `begin
  let a varchar := 'system.user.disabled';
  call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(object_construct('action', :a));
end`,
      "3:67 Writes the reserved action 'system.user.disabled'.",
    ],
    [
      `create task CLAUDE_BI.MCP.T schedule = '1 minute' as
call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(object_construct('action', 'system.backfill.done'))`,
      "2:65 Writes the reserved action 'system.backfill.done'. (in task CLAUDE_BI.MCP.T)",
    ],
    [
      "call identifier('CLAUDE_BI.MCP.SAFE_INSERT_EVENT')({'action': 'system.user.created'})",
      "1:63 Writes the reserved action 'system.user.created'.",
    ],
    [
      "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(parse_json('{action: ''system.user.created''}'))",
      "1:49 Writes the reserved action 'system.user.created'.",
    ],
    [
      "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT({'action': concat_ws('.', 'system', 'user', 'created')})",
      "1:49 Writes the reserved action 'system.user.created'.",
    ],
    [
      `create procedure OTHER_DB.MCP.SET_CONFIG() returns int language sql as $$
begin insert into CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) select object_construct('action', 'system.config.set'); end
$$`,
      "2:92 Writes the reserved action 'system.config.set' in SET_CONFIG. (in procedure OTHER_DB.MCP.SET_CONFIG)",
    ],
    [
      "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT({'action': 'system.user.created' || ''})",
      "1:49 Writes the reserved action 'system.user.created'.",
    ],
    [
      "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT({'action': '' || 'system.user.created'})",
      "1:49 Writes the reserved action 'system.user.created'.",
    ],
    [
      "call CLAUDE_BI.MCP.INGEST_EVENTS([{'action': 'system.user.created'}, {'action': 'system.config.set'}])",
      "1:46 Writes the reserved action 'system.user.created'.",
      "1:81 Writes the reserved action 'system.config.set'.",
    ],
    [
      "call CLAUDE_BI.MCP.INGEST_EVENTS(f(g(h('system.user.created'))), 'system.config.set')",
      "1:40 Writes the reserved action 'system.user.created'.",
      "1:66 Writes the reserved action 'system.config.set'.",
    ],
    [
      "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT({'action': 'order.placed', 'inner': {'action': 'quality.checked'}})",
      "1:85 Writes the reserved action 'quality.checked'.",
    ],
    [
      "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(object_construct('note', 'x', $K, 'system.config.set'))",
      "1:72 Writes the reserved action 'system.config.set'.",
    ],
    [
      `call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(parse_json('{"\\u0061ction": "system.config.set"}'))`,
      "1:49 Writes the reserved action 'system.config.set'.",
    ],
  ],
  pass: [
    "create procedure SET_CONFIG() returns int language sql as $$ begin insert into LANDING.RAW_EVENTS (PAYLOAD) select object_construct('action', 'system.config.set'); end $$",
    "create procedure MCP.SET_CONFIG() returns int language sql as $$ begin insert into LANDING.RAW_EVENTS (PAYLOAD) select object_construct('action', 'system.config.set'); end $$",
    "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT({'action': 'order.placed', 'note': 'quality.checked', 'more': 'system.' || 'config.set'})",
    "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(object_construct('note', 'quality.checked', 'action', 'order.placed'))",
    "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(object_construct_keep_null('note', 'quality.checked', 'action', 'order.placed'))",
    "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT({'action': 'order.placed', 'flag': concat_ws('system.', :A, 'x')})",
    "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT({'action': iff('system.' < :A, 'order.placed', 'order.lost')})",
    "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(object_construct('action', 'order.placed'))",
    `create procedure CLAUDE_BI.MCP.SET_CONFIG() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'system.config.set');
end $$`,
    `create procedure CLAUDE_BI.MCP.GRANT_USER_PERMISSION() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'system.permission.granted');
end $$`,
    `create procedure CLAUDE_BI.MCP.CREATE_MCP_USER() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'system.user.created');
end $$`,
    `create procedure CLAUDE_BI.MCP.RECORD_ALERT() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'quality.alert.x');
end $$`,
    `create procedure CLAUDE_BI.MCP.EXECUTE_QUERY_PLAN() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'mcp.query.executed');
end $$`,
    `create procedure CLAUDE_BI.MCP.INGEST_EVENTS() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select object_construct('action', 'quality.dead_letter');
end $$`,
    "create procedure SET_CONFIG() returns int language sql as $$ begin insert into CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) select object_construct('action', 'system.config.set'); return 1; end $$",
    "select * from CLAUDE_BI.ACTIVITY.EVENTS where action like 'system.permission.%'",
    "call CLAUDE_BI.MCP.SAFE_INSERT_EVENT(object_construct('action', 'order.placed', 'note', 'the system.config.set event'))",
    "call CLAUDE_BI.MCP.SET_CONFIG('a', 'system.config.set')",
  ],
});

describe("TT10 says what to do", () => {
  for (const [action, fix] of [
    ["system.user.created", "Call CREATE_MCP_USER or ENABLE_MCP_USER or DISABLE_MCP_USER."],
    ["system.other.done", "Call a procedure of your own under an action that is not reserved."],
  ] as const) {
    it(`about ${action}`, () => {
      const [finding] = checkText({ text: `call CLAUDE_BI.MCP.SAFE_INSERT_EVENT({'action': '${action}'})` });
      assert.equal(finding?.fix, fix);
    });
  }
});
