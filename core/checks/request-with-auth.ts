import type { Secrets } from '../definition/secret.ts';
import { redactor } from '../delivery/redact.ts';
import { type Auth, type Credentials, credentialsOf } from './auth.ts';
import type { HttpProbe, HttpRequest, HttpResponse } from './observe.ts';

/** The statuses of a response to an outdated secret. */
const refusals = [401, 403];

/** A response, and a function that removes the secret that was sent from a text. */
export interface AuthenticatedResponse {
  answer: HttpResponse;
  clean: (text: string) => string;
}

/**
 * Requests a URL, with credentials if the config has some. If the target refuses them, the secret is read again, and the
 * request is repeated once if the secret has changed.
 * @throws if the secret cannot be read
 */
export async function requestWithAuth(
  { http, secrets }: { http: HttpProbe; secrets: Secrets },
  url: string,
  request: HttpRequest,
  auth: Auth | undefined,
): Promise<AuthenticatedResponse> {
  if (!auth) return { answer: await http.get(url, request), clean: (text) => text };
  const once = (credentials: Credentials) => http.get(url, { ...request, authorization: credentials.header });
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
