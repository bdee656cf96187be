import { describe, expect, it } from 'vitest';
import { password, signedUp, testApp, visitor } from '../../testing/app.ts';
import { fakeClock } from '../../testing/world.ts';

describe('REGISTRATION=first', () => {
  it('closes the door behind the first person', async () => {
    const fresh = await testApp({ REGISTRATION: 'first' });
    await signedUp(fresh, 'first@example.org');
    const late = visitor(fresh);
    expect((await late.get('/signup')).statusCode).toBe(403);
    const answer = await late.post('/signup', { name: 'Late', email: 'late@example.org', password });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Registration is closed');
    expect(await fresh.deps.store.people.countUsers()).toBe(1);
    await fresh.close();
  });

  it('lets whoever presses twice in, and makes one account; another password stays outside, and so does a later try', async () => {
    const clock = fakeClock();
    const fresh = await testApp({ REGISTRATION: 'first' }, clock.now);
    const form = { name: 'Ada', email: 'ada@example.org', password, zone: 'Europe/Berlin' };
    const [one, two] = [visitor(fresh), visitor(fresh)];
    // The page was open before.
    for (const visit of [one, two]) await visit.get('/signup');
    const answers = await Promise.all([one, two].map((visit) => visit.post('/signup', form)));
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual([[303, '/setup'], [303, '/setup']]);
    expect(await fresh.deps.store.people.countUsers()).toBe(1);
    for (const visit of [one, two]) expect((await visit.get('/')).statusCode).toBe(200);
    expect((await visitor(fresh).post('/signup', { ...form, password: 'another walk at night' })).statusCode).not.toBe(303);
    clock.advance(31_000);
    expect((await visitor(fresh).post('/signup', form)).statusCode).not.toBe(303);
    await fresh.close();
  });
});
