import type { Json } from '../../../domain/json.ts';
import { trialOf, type Trial } from '../../../testing/trial.ts';
import type { FakeAnswer } from '../../fake/server.ts';
import type { SubjectCase } from '../../subject.ts';
import type { FakeMetaState } from '../fake/world.ts';
import { startFakeFacebook, type FakeFacebook } from './fake.ts';
import type { FakeFacebookState } from './fake/state.ts';
import { subject } from './subject.ts';

/** The first Page of the stand-in. */
export const page = '104000000000001';

export interface FacebookTrial {
  trial: Trial;
  fake: FakeFacebook;
}

/** One post, ready to go out to a Facebook that behaves like this. */
export async function startTrial(
  part: SubjectCase['parts'][number], options: { [key: string]: Json } = {}, behaviour: Partial<FakeFacebookState> = {}, meta: Partial<FakeMetaState> = {},
): Promise<FacebookTrial> {
  const trial = await trialOf({ ...subject, start: () => startFakeFacebook(meta, behaviour) }, { name: 'own', parts: [part], options, visible: 1 });
  const fake = trial.fake as FakeFacebook;
  fake.state.now = trial.clock.now;
  return { trial, fake };
}

export function refusal(code: number, subcode?: number): FakeAnswer {
  return { status: 400, body: { error: { message: 'No', type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }) } } };
}
