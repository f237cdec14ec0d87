import { expect, it } from 'vitest';
import { historyTable } from '../../local/reach.ts';
import { synthesized } from '../lib/synthesized.ts';

it('the command line finds the history among the resources that the state stack really has', async () => {
  const { templates } = await synthesized();
  const resources = Object.entries<{ Type: string }>(
    templates.state['Resources'] as Record<string, { Type: string }>,
  ).map(([LogicalResourceId, { Type }]) => ({ LogicalResourceId, ResourceType: Type }));
  expect(historyTable(resources)?.LogicalResourceId).toMatch(/^historytable/);
  expect(
    historyTable(resources.filter(({ LogicalResourceId }) => !LogicalResourceId.startsWith('history'))),
  ).toBeUndefined();
});
