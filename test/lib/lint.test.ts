import { expect, it } from 'vitest';
import { slowResponses } from '../../index.ts';
import example from '../../monitoring.config.ts';
import { build } from './synthesized.ts';

const withLimit = (aboveSeconds: number) => ({
  ...example,
  services: { classifier: { ...example.services!['classifier']!, rules: [slowResponses({ aboveSeconds })] } },
});

it('a rule that can never fire fails the synth, and says why', async () => {
  const { app } = await build(withLimit(7));
  expect(() => app.synth()).toThrow(
    'classifier/slow-responses can never fire: ResponseSeconds is never above 5.001 on this target',
  );
});

it('a rule that can fire does not', async () => {
  const { app } = await build(withLimit(4));
  expect(() => app.synth()).not.toThrow();
});

it('a runbook that does not exist fails it, and one that does is found where the app is synthesized', async () => {
  const named = (runbook: string) => ({
    ...example,
    services: {
      classifier: { ...example.services!['classifier']!, rules: [slowResponses({ aboveSeconds: 4, runbook })] },
    },
  });
  const { app } = await build(named('nobody-wrote-it'));
  expect(() => app.synth()).toThrow('docs/runbooks/nobody-wrote-it.md does not exist');
  const { app: other } = await build(named('slow-responses'));
  expect(() => other.synth()).not.toThrow();
});
