import type { ComponentChildren } from 'preact';
import type { SetupStep } from '../../domain/instance/first-run.ts';
import { setupTexts as t } from '../../domain/texts/instance/setup.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import type { Standing, StepState } from './state.ts';

export const pathOf = (step: SetupStep) => `/setup/${step}`;

export interface StepPageProps {
  step: SetupStep;
  standing: Standing;
  csrf: string;
  title: ComponentChildren;
  lead?: ComponentChildren;
  children: ComponentChildren;
  /** The form on the page leads on by itself; at the foot it can only be left out. */
  leadsOn?: boolean;
}

/** One step: the list of all of them, what it is about, and the way on. */
export function StepPage({ step, standing: { steps }, csrf, title, lead, children, leadsOn = false }: StepPageProps) {
  const place = steps.findIndex(({ id }) => id === step);
  const done = steps[place]?.state === 'done';
  const before = steps[place - 1];
  const last = place === steps.length - 1;
  return (
    <div class="setup">
      <StepList steps={steps} current={step} />
      <article class="setup-step">
        <p class="setup-place help">{t.title} · {t.place(place + 1, steps.length)}</p>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
        <div class="setup-foot">
          {before && <ButtonLink href={pathOf(before.id)} kind="quiet">{t.back}</ButtonLink>}
          <Form action="/setup/go" csrf={csrf} class="inline buttons">
            <input type="hidden" name="from" value={step} />
            {!(leadsOn && done) && (last
              ? <Button kind={done ? 'primary' : 'plain'} name="to" value="next">{t.post.finish}</Button>
              : <Button kind={done ? 'primary' : 'plain'} name="to" value={done ? 'next' : 'skip'}>{done ? t.next : t.skip}</Button>)}
            {!last && <Button kind="quiet" name="to" value="later">{t.later}</Button>}
          </Form>
        </div>
      </article>
    </div>
  );
}

function StepList({ steps, current }: { steps: readonly StepState[]; current: SetupStep }) {
  return (
    <nav class="setup-steps" aria-label={t.steps}>
      <ol>
        {steps.map(({ id, state }, n) => (
          <li class={`is-${state}`}>
            <a href={pathOf(id)} aria-current={id === current ? 'step' : undefined}>
              <span class="setup-dot" aria-hidden="true">{state === 'done' ? '✓' : n + 1}</span>
              <span class="setup-name">{t.names[id]}<span class="visually-hidden">, {t.states[state]}</span></span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
