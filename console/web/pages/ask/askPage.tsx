import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import type { PlanAnswer, PlanVerdict } from "../../../api/plans";
import { type RequestError, request } from "../../data/request";
import { Badge, Card, PageHead } from "../../ui/card";
import { Code, CopyButton } from "../../ui/copyButton";
import { FailureState, Loading, State } from "../../ui/states";
import { AnswerView, VerdictView } from "./answerView";
import { type Draft, draftOf, EMPTY_DRAFT, type Plan, planIn, planOf, planText } from "./draft";
import { leftOut } from "./leftOut";
import { PlanForm } from "./planForm";

/** Makes a plan, runs it, and shows what comes back. The plan lives in the address, so an address is a question. */
export function AskPage() {
  const [parameters, setParameters] = useSearchParams();
  const shared = parameters.get("plan");
  const [draft, setDraft] = useState<Draft>(() => draftFrom(shared));
  useEffect(
    () => setDraft((now) => (shared === null || shared === planText(planOf(now)) ? now : draftFrom(shared))),
    [shared],
  );
  const plan = useMemo(() => planOf(draft), [draft]);
  const warning = useMemo(() => warningOf(shared), [shared]);
  const run = useMutation<PlanAnswer, RequestError, Plan>({
    mutationFn: (asked) => request<PlanAnswer>("/api/plans/run", { plan: planText(asked) }),
  });
  const check = useMutation<PlanVerdict, RequestError, Plan>({
    mutationFn: (asked) => request<PlanVerdict>("/api/plans/validate", { plan: planText(asked) }),
    onMutate: () => run.reset(),
  });
  const lacksAction = draft.actions.join("") === "";
  const ask = () => {
    check.reset();
    setParameters({ plan: planText(plan) });
    run.mutate(plan);
  };
  return (
    <>
      <PageHead title="Ask">
        A question is a plan, never SQL: the warehouse checks it against your permissions, runs one fixed statement with
        it as a bound value, and records that it did.
      </PageHead>
      <div className="grid">
        <Card title="The question">
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              ask();
            }}
          >
            {warning && (
              <p role="status">
                <Badge tone="warn">not as asked</Badge> {warning}
              </p>
            )}
            <PlanForm draft={draft} onChange={setDraft} />
            <div className="row">
              <button
                type="submit"
                className="primary"
                disabled={run.isPending || lacksAction}
                aria-describedby={lacksAction ? "run-lacks" : undefined}
              >
                {run.isPending ? "Running …" : "Run"}
              </button>
              <button type="button" disabled={check.isPending} onClick={() => check.mutate(plan)}>
                {check.isPending ? "Checking …" : "Check"}
              </button>
              <CopyButton text={shareAddress(plan)} label="Copy a link to this question" />
              <button type="button" className="quiet" onClick={() => setDraft(EMPTY_DRAFT)}>
                Start over
              </button>
            </div>
            {lacksAction && (
              <p id="run-lacks" className="muted small">
                Run needs at least one action.
              </p>
            )}
          </form>
        </Card>
        <Card title="The plan" aside={<CopyButton text={planText(plan, 2)} />}>
          <Code text={planText(plan, 2)} label="The plan as JSON" />
        </Card>
        <Card title="The answer" wide>
          {check.data ? (
            <VerdictView verdict={check.data} plan={check.variables as Plan} />
          ) : check.error ? (
            <FailureState error={check.error} />
          ) : run.isPending ? (
            <Loading what="the answer" />
          ) : run.error ? (
            <FailureState error={run.error} retry={ask} />
          ) : run.data ? (
            <AnswerView answer={run.data} plan={run.variables as Plan} />
          ) : (
            <State title="Nothing asked yet">Add an action, say what you want to know of it, and run the plan.</State>
          )}
        </Card>
      </div>
    </>
  );
}

function draftFrom(shared: string | null): Draft {
  const plan = shared === null ? undefined : planIn(shared);
  return plan === undefined ? EMPTY_DRAFT : draftOf(plan);
}

/** What the form does not show of the plan in the address. */
function warningOf(shared: string | null): string | undefined {
  if (shared === null) return undefined;
  const plan = planIn(shared);
  if (plan === undefined) return "The address holds no plan that can be read; it may have been cut.";
  const paths = leftOut(plan);
  if (paths.length === 0) return undefined;
  const more = paths.length > MOST_PATHS ? ` and ${paths.length - MOST_PATHS} more` : "";
  return `The form cannot show this of the plan in the address and leaves it out: ${paths.slice(0, MOST_PATHS).join(", ")}${more}.`;
}

const MOST_PATHS = 10;

const shareAddress = (plan: Plan): string => `${window.location.origin}/ask?plan=${encodeURIComponent(planText(plan))}`;
