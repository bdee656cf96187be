import type { JobPart, PostVideo, Published } from '../../contract.ts';
import type { MultipartPart } from '../../body.ts';
import { graph } from '../graph.ts';
import { timeFor } from '../upload.ts';
import { errors } from './errors.ts';
import { cover as coverRule } from './limits.ts';
import type { Doing } from './session.ts';
import { showVideo } from './show.ts';
import { chunkSession, nextChunk, success } from './wire.ts';

/**
 * A video of any shape, in phases with the Page's token (page/videos, 2026-09-11): start, transfer what Facebook asks for
 * piece by piece, finish. The newer Resumable Upload API takes a person's token, which is not kept.
 */
export async function publishVideo(doing: Doing, part: JobPart, video: PostVideo): Promise<Published> {
  const { job, page, io } = doing;
  const { sessionId, videoId } = await transferred(doing, video);
  const { title, cover } = job.options;
  const parts: MultipartPart[] = [
    { name: 'upload_phase', value: 'finish' },
    { name: 'upload_session_id', value: sessionId },
    ...(part.text === '' ? [] : [{ name: 'description', value: part.text }]),
    ...(title === '' ? [] : [{ name: 'title', value: title }]),
  ];
  if (cover !== '') {
    const file = await io.image(cover, coverRule);
    parts.push({ name: 'thumb', filename: file.name, type: file.type, size: file.size, open: () => file.open() });
  }
  return showVideo(doing, videoId, async () => {
    const answer = await graph(io, { method: 'POST', path: `${page.id}/videos`, ...page, errors, body: { multipart: parts }, timeoutMs: 120_000 });
    answer.read(success);
  });
}

type Session = { sessionId: string; videoId: string; from: number; to: number; at: number };

/** A session that waited longer than this is begun anew (ms); how long Facebook keeps one is not documented. */
const keptMs = 20 * 60 * 60 * 1000;

/** Each piece is journaled with where the next one begins, so that a broken upload goes on from there. */
async function transferred(doing: Doing, video: PostVideo): Promise<Session> {
  const { page, step, io } = doing;
  const file = await io.video(video.mediaId);
  for (let n = 1; ; n += 1) {
    const session = await step.run(`video-start-${n}`, () => start());
    if (io.now() - session.at >= keptMs) continue;
    let { from, to } = session;
    while (from < to) ({ from, to } = await step.run(`video-${n}-from-${from}`, () => transfer(session, from, to)));
    return session;
  }

  async function start(): Promise<Session> {
    const form = { upload_phase: 'start', file_size: String(file.size) };
    const answer = (await graph(io, { method: 'POST', path: `${page.id}/videos`, ...page, errors, body: { form } })).read(chunkSession);
    return { sessionId: answer.upload_session_id, videoId: answer.video_id, from: answer.start_offset, to: answer.end_offset, at: io.now() };
  }

  async function transfer({ sessionId }: Session, from: number, to: number): Promise<{ from: number; to: number }> {
    const multipart: MultipartPart[] = [
      { name: 'upload_phase', value: 'transfer' },
      { name: 'upload_session_id', value: sessionId },
      { name: 'start_offset', value: String(from) },
      { name: 'video_file_chunk', filename: file.name, type: file.type, size: to - from, open: () => file.read(from, to) },
    ];
    const answer = await graph(io, { method: 'POST', path: `${page.id}/videos`, ...page, errors, body: { multipart }, timeoutMs: timeFor(to - from) });
    const { start_offset: nextFrom, end_offset: nextTo } = answer.read(nextChunk);
    return { from: nextFrom, to: nextTo };
  }
}
