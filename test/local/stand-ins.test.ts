import { expect, it } from 'vitest';
import { secret } from '../../core/config/secret.ts';
import { readSecretUrl } from '../../core/delivery/secret-url.ts';
import { Outside } from '../../local/simulation/outside.ts';
import { simulatedCarriers } from '../../local/simulation/stand-ins.ts';
import { handClock } from '../support/hand-clock.ts';

it.each([
  ['a webhook', ['https:']],
  ['an SMTP relay', ['smtp:', 'smtps:']],
])('a simulation has a value for the secret of %s, whatever its name', async (_, protocols) => {
  const { secrets } = simulatedCarriers(new Outside(), handClock('2026-11-21T02:00:00Z'));
  await expect(readSecretUrl(secrets, secret('any'), { protocols })).resolves.toBeTruthy();
});
