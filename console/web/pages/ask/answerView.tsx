import { Link } from "wouter";
import type { PlanAnswer, PlanCell, PlanError, PlanVerdict } from "../../../api/plans";
import { useSession } from "../../data/queries";
import { withQuery } from "../../data/request";
import { count, decimalsIn, duration, inColumn, plural } from "../../format/numbers";
import { Badge } from "../../ui/card";
import { Chart } from "../../ui/chart";
import { Code, CopyButton } from "../../ui/copyButton";
import { Foreign } from "../../ui/foreign";
import { State } from "../../ui/states";
import { Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { chartOf } from "./answerChart";
import type { Plan } from "./draft";

/** What came back: chart and table, or every reason why the plan was refused. */
export function AnswerView({ answer, plan }: { answer: PlanAnswer; plan: Plan }) {
  if (!answer.valid) return <Rejected errors={answer.errors} plan={plan} />;
  const chart = chartOf(answer, plan);
  return (
    <div className="stack">
      <p>
        {plural(answer.rowCount, "row")}
        {answer.runtimeMs !== null && ` in ${duration(answer.runtimeMs / 1000)}`}, from <Time iso={answer.from} /> to{" "}
        <Time iso={answer.to} />. {answer.isTruncated && <Badge tone="warn">cut</Badge>} {answer.notice}
      </p>
      {Object.entries(answer.skipped).map(([measure, times]) => (
        <p key={measure}>
          <Badge tone="warn">skipped</Badge> {measure} could not count {plural(times, "value")} that{" "}
          {times === 1 ? "is" : "are"} no number.
        </p>
      ))}
      {answer.rows.length === 0 ? (
        <State title="No event matches">Widen the time or loosen the conditions.</State>
      ) : (
        <>
          {chart && (
            <Chart
              label={`${chart.measure} by ${chart.group}, ${chart.at.length} values`}
              at={chart.at}
              series={[{ label: chart.measure, kind: "bars", values: chart.values }]}
              height={220}
            />
          )}
          <Rows answer={answer} />
        </>
      )}
      <Statement answer={answer} />
    </div>
  );
}

/** What the warehouse says of a plan without running it. */
export function VerdictView({ verdict, plan }: { verdict: PlanVerdict; plan: Plan }) {
  if (!verdict.valid) return <Rejected errors={verdict.errors} plan={plan} />;
  return (
    <div className="stack">
      <p>
        <Badge tone="good">valid</Badge> It may run, as this: times and budgets filled in, every field by its place.
      </p>
      <Code text={verdict.normal ?? ""} label="The plan as it would run" />
    </div>
  );
}

function Rejected({ errors, plan }: { errors: PlanError[]; plan: Plan }) {
  const { data: session } = useSession();
  const isForbidden = errors.some(({ message }) => message.includes("no permission for"));
  const [action = ""] = (plan.actions as string[] | undefined) ?? [];
  return (
    <State title="The warehouse refused this plan" role="alert">
      <ul>
        {errors.map(({ path, message }) => (
          <li key={`${path} ${message}`}>{message}</li>
        ))}
      </ul>
      {isForbidden && session?.canChangePermissions && (
        <p>
          You are an administrator:{" "}
          <Link href={withQuery("/permissions", { user: session.user, pattern: action })}>
            grant it to {session.user}
          </Link>
          .
        </p>
      )}
    </State>
  );
}

/** More rows are in the answer; the page stays quick. */
const ROWS_SHOWN = 500;

function Rows({ answer }: { answer: PlanAnswer }) {
  const rows = answer.rows.slice(0, ROWS_SHOWN);
  return (
    <>
      <div className="row spread">
        <h3>Rows</h3>
        <CopyButton text={JSON.stringify(answer.rows, null, 2)} label="Copy as JSON" />
      </div>
      <Table
        caption="Rows of the answer"
        rows={rows}
        keyOf={(_, index) => index}
        columns={answer.columns.map((name) => {
          const decimals = decimalsIn(rows.map((row) => row[name]));
          return {
            name,
            isNumber: answer.rows.every((row) => row[name] == null || typeof row[name] === "number"),
            cell: (row: PlanAnswer["rows"][number]) => <Cell value={row[name]} decimals={decimals} />,
          };
        })}
      />
      {answer.rows.length > ROWS_SHOWN && (
        <p className="muted small">
          The first {count(ROWS_SHOWN)} of {count(answer.rows.length)} rows; copying gives all of them.
        </p>
      )}
    </>
  );
}

function Cell({ value, decimals }: { value: PlanCell | undefined; decimals: number }) {
  if (value === null || value === undefined) return <span className="muted">–</span>;
  if (typeof value === "number") return inColumn(value, decimals);
  if (typeof value === "object") return <code>{JSON.stringify(value)}</code>;
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return <Time iso={value} />;
  return <Foreign text={String(value)} />;
}

function Statement({ answer: { statement, queryId } }: { answer: PlanAnswer }) {
  return (
    <details>
      <summary>The statement that ran</summary>
      <div className="stack">
        <p className="muted small">
          Its text is always the same; the plan is its one bound value{queryId !== null && `. Query id ${queryId}`}.
        </p>
        <Code text={statement.sqlText} label="Statement" />
        <Code
          text={statement.binds.map((value, index) => `?${index + 1} = ${value}`).join("\n")}
          label="Bound values"
        />
      </div>
    </details>
  );
}
