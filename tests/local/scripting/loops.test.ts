import { describeCases } from "./support";

/** Source: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/loops */
describeCases(
  "loops",
  [
    {
      name: "FOR counts from one end to the other, both included",
      sql: `DECLARE
  counter INTEGER DEFAULT 0;
  maximum_count INTEGER default 5;
BEGIN
  FOR i IN 1 TO maximum_count DO
    counter := counter + 1;
  END FOR;
  RETURN counter;
END;`,
      value: "5",
    },
    {
      name: "REVERSE counts downwards with the ends written upwards",
      sql: "BEGIN LET s := ''; FOR i IN REVERSE 1 TO 5 DO s := s || i; END FOR; RETURN s; END",
      value: "54321",
    },
    {
      name: "a range that is empty is passed over, in both directions",
      sql: "BEGIN LET s := ''; FOR i IN 5 TO 1 DO s := s || i; END FOR; FOR i IN REVERSE 5 TO 1 DO s := s || i; END FOR; RETURN s; END",
      value: "",
    },
    {
      name: "the ends of a range are read once",
      sql: "BEGIN LET n := 3; LET k := 0; FOR i IN 1 TO n DO n := 10; k := k + 1; END FOR; RETURN k; END",
      value: "3",
    },
    {
      name: "the counter is read, not assigned",
      sql: "BEGIN LET s := ''; FOR i IN 1 TO 3 DO i := i + 10; s := s || i || ','; END FOR; RETURN s; END",
      error: {
        code: "001044",
        message: "SQL compilation error: error line 1 at position 40\n Assignment to variable 'I' is not permitted.",
      },
    },
    {
      name: "ends with fractions are rounded",
      sql: "BEGIN LET s := ''; FOR i IN 1.5 TO 3.4 DO s := s || i; END FOR; RETURN s; END",
      value: "23",
    },
    {
      name: "a bound of NULL is refused",
      sql: "BEGIN\n  FOR i IN NULL TO 3 DO RETURN i; END FOR;\nEND",
      error: {
        code: "100072",
        message:
          "Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 11 : A bound of FOR is NULL; expected a whole number",
      },
    },
    {
      name: "FOR over a cursor",
      sql: `DECLARE
  total_price FLOAT;
  c1 CURSOR FOR SELECT price FROM invoices;
BEGIN
  total_price := 0.0;
  FOR record IN c1 DO
    total_price := total_price + record.price;
  END FOR;
  RETURN total_price;
END;`,
      value: "33.33",
    },
    {
      name: "FOR over a RESULTSET",
      sql: `DECLARE
  total_price FLOAT;
  rs RESULTSET;
BEGIN
  total_price := 0.0;
  rs := (SELECT price FROM invoices);
  FOR record IN rs DO
    total_price := total_price + record.price;
  END FOR;
  RETURN total_price;
END;`,
      value: "33.33",
    },
    {
      name: "rows of FOR are numbers, texts and NULLs of their types",
      sql: `BEGIN
  LET s := '';
  LET rs RESULTSET := (SELECT column1 AS n, column2 AS t FROM VALUES (1, 'a'), (2, NULL) ORDER BY 1);
  FOR r IN rs DO s := s || (r.n + 1) || COALESCE(r.t, '-'); END FOR;
  RETURN s;
END`,
      value: "2a3-",
    },
    {
      name: "WHILE",
      sql: `BEGIN
  LET counter := 0;
  WHILE (counter < 5) DO
    counter := counter + 1;
  END WHILE;
  RETURN counter;
END;`,
      value: "5",
    },
    {
      name: "WHILE ends at a NULL",
      sql: "DECLARE n INT; BEGIN WHILE (n < 5) DO n := 1; END WHILE; RETURN n; END",
      rows: [[null]],
    },
    {
      name: "REPEAT runs once at least",
      sql: `BEGIN
  LET counter := 5;
  LET number_of_iterations := 0;
  REPEAT
    counter := counter - 1;
    number_of_iterations := number_of_iterations + 1;
  UNTIL (counter <= 4)
  END REPEAT;
  RETURN number_of_iterations;
END;`,
      value: "1",
    },
    {
      name: "LOOP until BREAK",
      sql: `BEGIN
  LET counter := 5;
  LOOP
    IF (counter = 0) THEN
      BREAK;
    END IF;
    counter := counter - 1;
  END LOOP;
  RETURN counter;
END;`,
      value: "0",
    },
    {
      name: "EXIT is BREAK, ITERATE is CONTINUE",
      sql: "BEGIN LET n := 0; FOR i IN 1 TO 9 LOOP IF (i = 2) THEN ITERATE; END IF; IF (i = 5) THEN EXIT; END IF; n := n * 10 + i; END LOOP; RETURN n; END",
      value: "134",
    },
    {
      name: "labels send BREAK and CONTINUE outwards",
      sql: `BEGIN
  LET inner_counter := 0;
  LET outer_counter := 0;
  LOOP
    LOOP
      IF (inner_counter < 5) THEN
        inner_counter := inner_counter + 1;
        CONTINUE OUTER;
      ELSE
        BREAK OUTER;
      END IF;
    END LOOP INNER;
    outer_counter := outer_counter + 1;
    BREAK;
  END LOOP OUTER;
  RETURN ARRAY_CONSTRUCT(outer_counter, inner_counter);
END;`,
      value: [0, 5],
    },
    {
      name: "CONTINUE in WHILE tests the condition again, BREAK in REPEAT passes UNTIL by",
      sql: `BEGIN
  LET i := 0; LET odd := 0;
  WHILE (i < 5) DO i := i + 1; IF (i % 2 = 0) THEN CONTINUE; END IF; odd := odd + i; END WHILE;
  REPEAT odd := odd + 100; BREAK; UNTIL (FALSE) END REPEAT;
  RETURN odd;
END`,
      value: "109",
    },
    {
      name: "RETURN leaves all loops",
      sql: "BEGIN FOR i IN 1 TO 3 DO FOR j IN 1 TO 3 DO IF (j = 2) THEN RETURN i * 10 + j; END IF; END FOR; END FOR; RETURN 0; END",
      value: "12",
    },
    {
      name: "what LET declares in a loop is new in each pass and unknown behind it",
      sql: "BEGIN FOR i IN 1 TO 2 DO LET inside := i; END FOR; RETURN inside; END",
      error: {
        code: "000904",
        message: "SQL compilation error: error line 1 at position 58\ninvalid identifier 'INSIDE'",
      },
    },
    {
      name: "BREAK outside of a loop is refused",
      sql: "BEGIN BREAK; END",
      error: { code: "001003", message: "SQL compilation error:\nBREAK stands outside of a loop." },
    },
    {
      name: "CONTINUE with a label that no loop has is refused",
      sql: "BEGIN FOR i IN 1 TO 2 DO CONTINUE nowhere; END FOR; END",
      error: {
        code: "001003",
        message: "SQL compilation error:\nCONTINUE stands outside of a loop with the label NOWHERE.",
      },
    },
  ],
  ["CREATE TABLE invoices (id INTEGER, price NUMBER(12, 2))", "INSERT INTO invoices VALUES (1, 11.11), (2, 22.22)"],
);
