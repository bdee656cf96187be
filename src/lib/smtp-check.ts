/** How long a mail server may take to say something (ms). */
const patience = 8_000;

/** Whether a mail server answers and takes the login; the sentence why not, or null. Nothing is sent. */
export async function smtpProblem(url: string): Promise<string | null> {
  const { default: nodemailer } = await import('nodemailer');
  const transport = nodemailer.createTransport({ url, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience });
  try {
    await transport.verify();
    return null;
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    return [code, responseCode].filter((part) => part !== undefined).join(' ') || 'no answer';
  } finally {
    transport.close();
  }
}
