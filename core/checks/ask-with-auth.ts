import type { Secrets } from '../definition/secret.ts';
import { redactor } from '../delivery/redact.ts';
import { type Auth, type Credentials, credentialsOf } from './auth.ts';
import type { HttpAnswer, HttpAsk, HttpProbe } from './observe.ts';

/** Statuses with which an outdated secret is answered. */
const refusals = [401, 403];

/** An answer, and how its texts are freed from the secret that was sent. */
export interface Asked {
  answer: HttpAnswer;
  clean: (text: string) => string;
}

/**
 * Asks a URL, with credentials where the config has some. A refusal is asked again with the secret read anew, once, when
 * that has changed.
 * @throws when the secret cannot be read
 */
export async function askWithAuth(
  { http, secrets }: { http: HttpProbe; secrets: Secrets },
  url: string,
  ask: HttpAsk,
  auth: Auth | undefined,
): Promise<Asked> {
  if (!auth) return { answer: await http.get(url, ask), clean: (text) => text };
  const once = (credentials: Credentials) => http.get(url, { ...ask, authorization: credentials.header });
  let credentials = await credentialsOf(secrets, auth);
  let answer = await once(credentials);
  if (answer.answered && refusals.includes(answer.status)) {
    const fresh = await credentialsOf(secrets, auth, { fresh: true });
    if (fresh.header !== credentials.header) {
      credentials = fresh;
      answer = await once(credentials);
    }
  }
  return { answer, clean: redactor(credentials.secret, credentials.header) };
}
