import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressTexts } from '../domain/texts/refusals/address.ts';
import { PasswordsBusyError } from '../lib/passwords.ts';
import { sendErrorPage } from './page.tsx';

/** One place where what was thrown becomes an answer: expected ones with what to do, bugs logged once. */
export function answerErrors(server: FastifyInstance) {
  server.setNotFoundHandler((request, reply) => answer(request, reply, 404, 'not_found', 'There is nothing at this address.', 'Go to the start page.'));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof PasswordsBusyError) {
      void reply.header('retry-after', '5');
      return answer(request, reply, 503, 'busy', 'Too many people are logging in at this moment.', 'Try again in a few seconds.');
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    const [sentence, fix] = words(status, error.code);
    return answer(request, reply, status, error.code ?? 'error', sentence, fix);
  });
}

function words(status: number, code: string | undefined): [sentence: string, fix: string] {
  if (code?.startsWith('FST_CSRF')) return ['This form was opened in an older visit, or in another workspace.', 'Go back, look at which workspace you are in, reload the page and send it again. What you typed is still there.'];
  if (code === 'OPERATOR_ONLY') return ['Only whoever runs this instance may do this.', 'Ask them.'];
  if (code === 'CROSS_SITE') return [addressTexts.crossSite.sentence, addressTexts.crossSite.fix];
  switch (status) {
    case 400: return ['The request could not be understood.', 'Go back and try again.'];
    case 403: return ['You may not do this.', 'Ask an owner of the workspace.'];
    case 404: return ['There is nothing at this address.', 'Go to the start page.'];
    case 413: return ['That was more than one form can hold.', 'Send fewer or smaller files.'];
    case 415: return ['This kind of content is not taken here.', 'Send it as a form.'];
    case 429: return ['Too many requests.', 'Wait a moment and try again.'];
    default: return status < 500
      ? ['The request could not be understood.', 'Go back and try again.']
      : ['Something went wrong on our side.', 'Try again. If it stays, the log of the server says why.'];
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, status: number, code: string, sentence: string, fix: string) {
  void reply.code(status);
  if (wantsJson(request)) return reply.send({ error: code, message: `${sentence} ${fix}` });
  return sendErrorPage(request, reply, { status, sentence, fix });
}

function wantsJson({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('application/json') ?? false;
}
