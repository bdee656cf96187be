import { startFakeYouTube } from '../fake.ts';
import { accountOf } from '../subject.ts';

// The fake in a process of its own, for tests that measure memory. Tells its addresses and an account, and what it has when asked.

const fake = await startFakeYouTube({ keepsBytes: false });
process.send?.({ upstreams: [...fake.upstreams], account: accountOf(fake) });
process.on('message', () => process.send?.({ videos: fake.videos.videos, pieces: fake.uploads.pieces.length }));
