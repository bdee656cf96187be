import { expect, it } from 'vitest';
import { forgetful } from '../../testing/faults/forgetful.ts';
import { crashEverywhere } from '../../testing/trial.ts';
import { conformance } from '../conformance.ts';
import { subject } from './subject.ts';

conformance(subject);

// The suite itself on trial: with the intent marks taken away it must find doubles, here where nobody can look.
it.each(subject.cases)('the suite notices missing intent marks: $name', async (of) => {
  expect((await crashEverywhere(subject, of, forgetful)).doubled).toBeGreaterThan(0);
}, 60_000);
