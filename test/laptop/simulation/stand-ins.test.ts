import { expect, it } from 'vitest';
import { kindOf } from '../../../core/channels/kind-of.ts';
import { secret } from '../../../core/definition/secret.ts';
import { readSecretUrl } from '../../../core/delivery/secret-url.ts';
import { health, serviceDown } from '../../../index.ts';
import { Outside } from '../../../laptop/simulation/outside.ts';
import { simulatedCarriers, simulatedInstruments } from '../../../laptop/simulation/stand-ins.ts';
import { aDocument } from '../../support/a-document.ts';
import { handClock } from '../../support/hand-clock.ts';

it.each([
  ['a webhook', ['https:']],
  ['an SMTP relay', ['smtp:', 'smtps:']],
])('a simulation has a value for the secret of %s, whatever its name', async (_, protocols) => {
  const { secrets } = simulatedCarriers(kindOf({ channel: 'slack' }), new Outside(), handClock('2026-11-21T02:00:00Z'));
  await expect(readSecretUrl(secrets, secret('any'), { protocols })).resolves.toBeTruthy();
});

it('tells services on one host apart by the address that is asked', async () => {
  const checks = [health({ every: '1 minute' })];
  const service = (path: string) => ({ url: `https://gw.example.com/${path}`, checks, rules: [serviceDown()] });
  const document = aDocument({ services: { fraud: service('fraud'), churn: service('churn') } });
  const outside = new Outside();
  outside.services.push({ of: 'fraud', from: 0, to: Number.POSITIVE_INFINITY, mode: 'down' });
  const { http } = simulatedInstruments(document, outside, handClock('2026-11-21T02:00:00Z'));
  const answers = await Promise.all(
    ['fraud', 'churn'].map((name) =>
      http.get(`https://gw.example.com/${name}/health`, { timeoutMs: 5000, maxBytes: 1000 }),
    ),
  );
  expect(answers.map(({ answered }) => answered)).toEqual([false, true]);
});
