import assert from "node:assert/strict";
import { constantText, constantVariables, parseExpression, parseStatement } from "../../../dialect/index";

const variables = (sql: string, parameters: string[] = []): Record<string, string> =>
  Object.fromEntries(constantVariables(parseStatement(sql), parameters));

describe("the text of an expression", () => {
  it("is known for literals, their concatenation and casts to text", () => {
    assert.equal(constantText(parseExpression("'a' || ('b' || 1) || concat('c', $$d$$)::varchar")), "ab1cd");
  });
  it("takes in the variables that are known", () => {
    const known = new Map([
      ["T", "t1"],
      ["$S", "s1"],
    ]);
    const text = (sql: string) => constantText(parseExpression(sql), (name) => known.get(name));
    assert.equal(text("'drop ' || t || :t || $s"), "drop t1t1s1");
    assert.equal(text("'drop ' || other"), undefined);
  });
  it("is what functions of text make of known texts", () => {
    for (const [sql, text] of [
      ["concat_ws(' ', 'drop', 'table', 't')", "drop table t"],
      ["lower('A') || upper('b') || to_varchar('c') || to_char('d')", "aBcd"],
      ["trim('  a b ') || '|' || ltrim('00a0', '0') || rtrim(' a ')", "a b|a0 a"],
      ["trim('xyx', 'xy')", ""],
      ["replace('cre_te', '_', 'a') || replace('a-b', '-') || replace('a', '')", "createaba"],
      ["replace('x', 'x', '$&')", "$&"],
      ["reverse('olleh') || repeat('ab', 2) || chr(67) || char(8364)", "helloababC€"],
      ["left('create', 3) || right('xxate', 3) || substr('drops', 2, 3) || substring('abc', 2)", "createropbc"],
      ["split_part('a|b|c', '|', 2) || split_part('a', '|', 2) || split_part('a|b', '|', 0)", "ba"],
      ["translate('1reate', '1', 'c') || translate('abc', 'bc', 'x')", "createax"],
      ["coalesce('a', b) || nvl('c', d) || ifnull('e', f)", "ace"],
      ["hex_decode_string('64726F70') || base64_decode_string('ZHJvcA==')", "dropdrop"],
      ["array_to_string(['a', 'b' || 'c'], '-')", "a-bc"],
      ["'a'::nvarchar", "a"],
      ["'abc'::varchar(3) || 'd'::char || 'e '::char(5) || 1.50 || -2", "abcde 1.50-2"],
      ["lpad('a', 3, 'xyz') || rpad('b', 4, 'xy') || lpad('create', 3) || lpad('7', 3, '0')", "xyabxyxcre007"],
      [
        "insert('drop view', 6, 4, 'table') || insert('ab', 3, 0, 'c') || space(2) || strtok('a,b;c', ',;', 3)",
        "drop tableabc  c",
      ],
      [
        "regexp_replace('cXreXaXte', 'X') || regexp_replace('a1b22', '[0-9]+', '_') || regexp_replace('aAa', 'a', 'b', 1, 2, 'i')",
        "createa_b_aba",
      ],
      ["initcap('crEATE tABLE a_b') || try_hex_decode_string('41')", "Create Table A_BA"],
      ["array_to_string(array_construct('a', 'b'), ' ') || nvl2('a', 'b', c) || substr('drop', -2)", "a bbop"],
    ] as const)
      assert.equal(constantText(parseExpression(sql)), text, sql);
  });
  it("is not known for what such functions would refuse or cannot know", () => {
    for (const sql of [
      "coalesce(a, 'b')",
      "lpad('a', -1)",
      "lpad('a', 3, '')",
      "insert('ab', 4, 0, 'c')",
      "insert('ab', 0, 0, 'c')",
      "regexp_replace('aa', '(a)', '\\\\1')",
      "regexp_replace('aa', '(a+)+', 'b')",
      "regexp_replace('aa', 'a{2}', 'b')",
      "regexp_replace('aa', 'a', 'b', 2)",
      "regexp_replace('aa', 'a', 'b', 1, 0, 's')",
      "regexp_replace('aa', '[', 'b')",
      "strtok('a', ',', 2)",
      "space(1000000)",
      "db.s.lower('a')",
      "lower(a)",
      "lower('a', 'b')",
      "hex_decode_string('6')",
      "hex_decode_string('ff')",
      "base64_decode_string('?')",
      "base64_decode_string('ZHJvcA=')",
      "left('a', 'b')",
      "substr('a', 0)",
      "split_part('a', '', 1)",
      "chr('a')",
      "repeat('a', 1000000)",
      "array_to_string(a, '-')",
      "array_to_string(['a', b], '-')",
      "to_varchar('2020-01-01', 'YYYY')",
      "'abc'::varchar(2)",
      "'abc'::char",
      "007 || 'x'",
      "1e2 || 'x'",
      "-007 || 'x'",
      "array_to_string(array_construct('a', null), ' ')",
      "'a' || null",
      "concat_ws(',', 'a', null)",
      "nvl2(a, 'b', 'c')",
    ])
      assert.equal(constantText(parseExpression(sql)), undefined, sql);
  });
  it("is what conditions choose that are known", () => {
    for (const [sql, text] of [
      ["iff(1 = 1, 'create', 'select') || case when 2 > 3 then 'x' when not false then ' table' end", "create table"],
      ["case 'a' when null then 'x' when 'b' then 'y' when 'a' then 'z' end", "z"],
      ["case when null then 'x' else 'y' end || decode(2, 1, 'a', 2, 'b', 'c') || decode('q', 'a', 'b', 'd')", "ybd"],
      ["decode(null, 1, 'a', null, 'b') || coalesce(null, 'c') || nvl(null, 'd') || nvl2(null, x, 'e')", "bcde"],
      ["coalesce(nullif('a', 'a'), 'b') || nullif('c', 'd') || iff(1 is null, 'x', 'y')", "bcy"],
      ["iff(false and a, 'x', 'y') || iff(true or a, 'x', 'y') || iff('a' <> 'b' and 1 <= 1, 'x', 'y')", "yxx"],
      ["substr('xcreate', 1 + 1) || left('tables', length('abcd') * 2 - 3) || chr(unicode('A') + 1)", "createtableB"],
      ["substr('drop table', charindex(' ', 'drop table') + 1) || position('b', 'abab', 3)", "table4"],
      ["'a' || true || (not true)", "atruefalse"],
    ] as const)
      assert.equal(constantText(parseExpression(sql)), text, sql);
    const held = (variable: string): string | undefined => ({ A: "x", N: "1" })[variable];
    assert.equal(constantText(parseExpression("iff(a = 'x', 'b', 'c')"), held), "b");
    assert.equal(constantText(parseExpression("iff(n = 1, 'b', 'c')"), held), undefined);
  });
  it("is what a path leads to", () => {
    for (const [sql, text] of [
      ["['a', 'b'][1] || array_construct('c')[0] || split('d e', ' ')[1] || get(['f'], 0)", "bcef"],
      [
        "{'a': {'b': ['x', 'y']}}:a.b[1]::varchar || object_construct('A', 'z'):A || parse_json('{\"a b\": 1}')['a b']",
        "yz1",
      ],
      ["'abc' || 'd'::variant::varchar || to_variant('e')", "abcde"],
      ["coalesce({'a': null}:a, {'a': 'x'}:b, 'y') || array_to_string(split('a b', ' '), '_')", "ya_b"],
      ["'a' collate 'en-ci' || 'b'", "ab"],
    ] as const)
      assert.equal(constantText(parseExpression(sql)), text, sql);
  });
  it("is known however many parts are put together", () => {
    const parts = Array.from({ length: 20_000 }, () => "'a'");
    assert.equal(constantText(parseExpression(parts.join(" || ")))?.length, 20_000);
  });
  it("is not known for what is computed", () => {
    for (const sql of [
      "uuid_string()",
      "'a' || ?",
      "t.a",
      "case when a then 'b' end",
      "iff(a, 'b', 'b')",
      "decode(a, 1, 'b')",
      "1 / 2",
      "1.5 + 1",
      "9007199254740991 + 1",
      "(select 'a')",
      "true",
      "'1' = 1 || 'a'",
      "iff('1.0' = 1, 'a', 'b')",
      "['a', b][0]",
      "{'a': b}:a",
      "{'a': 'b', 'a': 'c'}:a",
      "parse_json('{a: 1}'):a",
      "parse_json('[1]'):a",
      "listagg('a') within group (order by 1)",
      "first_value('a') over (order by 1)",
    ])
      assert.equal(constantText(parseExpression(sql)), undefined, sql);
  });
});

describe("constant variables", () => {
  it("are those set once, from literals or from one another in any order", () => {
    assert.deepEqual(
      variables("declare b varchar default 'x' || a; a varchar default 'y'; begin let c := :b || '!'; return c; end"),
      { A: "y", B: "xy", C: "xy!" },
    );
  });
  it("are session variables too", () => {
    assert.deepEqual(variables("set (a, b) = ('x', 'y')"), { $A: "x", $B: "y" });
  });
  it("are not those that are set twice, by a query, by a loop, by a call or from outside", () => {
    const sql = `declare a varchar default 'x'; c cursor for select 1; begin
      let twice := 'a'; if (true) then twice := 'b'; end if;
      let queried := 'a'; select 1 into :queried;
      for looped in c do null; end for;
      let fetched := 'a'; fetch c into fetched;
      let out_argument := 'a'; call p(:out_argument);
      let counted := (select count(*) from t);
      let from_parameter := parameter || 'x';
    end`;
    assert.deepEqual(variables(sql, ["PARAMETER"]), { A: "x" });
  });
  it("are not those that a call is handed without a colon, or by name", () => {
    const sql = "begin let a := 'x'; let b := 'y'; let c := 'z'; call p(a); call p(arg => :b); call p('c' || c); end";
    assert.deepEqual(variables(sql), { C: "z" });
  });
  it("have the text that their type leaves as it is", () => {
    const sql = `declare a varchar(3) default 'xyz'; b varchar(2) default 'xyz'; c number default '12'; d number default 1.5;
      e number(3, 1) default 1; f date default '2020-1-1'; g boolean default 'yes'; h varchar(1); i varchar; begin
      h := 'xy'; i := 'x'; return a; end`;
    assert.deepEqual(variables(sql), { A: "xyz", C: "12", I: "x" });
  });
  it("are not those that are set again in a handler, a loop, a branch or an inner block", () => {
    for (const again of [
      "if (true) then a := 'y'; end if;",
      "case (1) when 1 then a := 'y'; end case;",
      "while (true) do a := a || 'y'; end while;",
      "repeat a := 'y'; until (true) end repeat;",
      "loop a := 'y'; break; end loop;",
      "for i in 1 to 3 do a := 'y'; end for;",
      "begin let a := 'y'; end;",
      "begin return 1; exception when other then a := 'y'; end;",
      "select 'y' into a;",
      "call p() into :a;",
      "a := (select 'y');",
      "a := null;",
    ])
      assert.deepEqual(variables(`begin let a := 'x'; ${again} execute immediate a; end`), {}, again);
  });
  it("belong to their own procedure", () => {
    const sql =
      "declare p procedure () returns int as begin let a := 'x'; return 1; end; begin let b := 'y'; call p(); end";
    assert.deepEqual(variables(sql), { B: "y" });
  });

  it("are not those that a nested procedure changes, at any depth, unless it has one of that name itself", () => {
    const within = (body: string, parameters = "") =>
      variables(
        `declare a varchar default 'x'; p procedure (${parameters}) returns int as ${body}; begin call p(); execute immediate a; end`,
      );
    for (const body of [
      "begin a := 'y'; return 1; end",
      "begin select 'y' into :a; return 1; end",
      "begin call q() into :a; return 1; end",
      "declare q procedure () returns int as begin a := 'y'; return 1; end; begin call q(); return 1; end",
    ])
      assert.deepEqual(within(body), {}, body);
    assert.deepEqual(within("declare a varchar; begin a := 'y'; return 1; end"), { A: "x" });
    assert.deepEqual(within("begin a := 'y'; return 1; end", "a varchar"), { A: "x" });
  });
});
