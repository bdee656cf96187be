import { describe, expect, it } from 'vitest';
import { password, signedUp, testApp, visitor } from '../../testing/app.ts';

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
});
