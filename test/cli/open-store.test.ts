import { expect, it } from 'vitest';
import { findTable } from '../../cli/open-store.ts';
import { synthesized } from '../lib/synthesized.ts';

it('the command line finds the tables among the resources that the state stack really has', async () => {
  const { templates } = await synthesized();
  const resources = Object.entries<{ Type: string }>(
    templates.state['Resources'] as Record<string, { Type: string }>,
  ).map(([LogicalResourceId, { Type }]) => ({ LogicalResourceId, ResourceType: Type }));
  expect(findTable(resources, 'history')?.LogicalResourceId).toMatch(/^historytable/);
  expect(findTable(resources, 'incidents')?.LogicalResourceId).toMatch(/^incidentstable/);
  expect(
    findTable(
      resources.filter(({ LogicalResourceId }) => !LogicalResourceId.startsWith('history')),
      'history',
    ),
  ).toBeUndefined();
});
