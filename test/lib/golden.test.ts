import { describe, expect, it } from 'vitest';
import { list, ofType, type Resource, sayValue, synthesized } from './synthesized.ts';

const prod = await synthesized(undefined, 'prod');
const dev = await synthesized(undefined, 'dev');

describe('golden templates of the example config', () => {
  it.each([
    ['dev', dev],
    ['prod', prod],
  ])(
    '%s is as it was reviewed; after a wanted change look at the difference, then run vitest -u',
    async (stage, { templates }) => {
      await expect(`${JSON.stringify(templates, null, 1)}\n`).toMatchFileSnapshot(`golden/${stage}.template.json`);
    },
  );

  it('lets each function do what was reviewed, and nothing else', async () => {
    const roles = ofType(prod.resources, 'AWS::IAM::Role').map(
      ([id, role]) => `${id}\n${statementsOf(role).join('\n')}\n`,
    );
    await expect(roles.join('\n')).toMatchFileSnapshot('golden/statements.txt');
  });

  it('has no statement outside of the inline policies that the golden file shows', () => {
    expect(ofType(prod.resources, 'AWS::IAM::Policy')).toEqual([]);
    expect(ofType(prod.resources, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(ofType(prod.resources, 'AWS::IAM::Role').filter(([, role]) => role.Properties.ManagedPolicyArns)).toEqual(
      [],
    );
    expect(ofType(prod.resources, 'AWS::Lambda::Permission')).toEqual([]);
  });
});

describe('logical ids of what holds state', () => {
  it('are pinned for dead-letter queues too: an upgrade that changed one would delete the messages in it', () => {
    const kept = ofType(prod.resources, 'AWS::SQS::Queue').filter(([, queue]) => queue['DeletionPolicy'] === 'Retain');
    expect(kept.map(([id]) => id).sort()).toMatchInlineSnapshot(`
      [
        "batchdoordeadlettersQueueB0C47201",
        "checkfailuresdeadlettersQueueCA08CB70",
        "criticaldeadlettersQueueEC749EDD",
        "emailnotificationsdeadlettersQueue0C79DCEE",
        "emailqueuedeadlettersQueue41EF4B04",
        "highdeadlettersQueue351FCE1E",
        "infodeadlettersQueueC4E8E876",
        "ingestqueuedeadlettersQueueDD929E77",
        "mediumdeadlettersQueue6F65BB84",
        "operatormlplatformexamplecomdeadlettersQueueAF512E4E",
        "schedulesdeadlettersQueue75BCC392",
        "signalsqueuedeadlettersQueue5A6E1214",
        "slacknotificationsdeadlettersQueue1DBE3374",
        "slackqueuedeadlettersQueue2A4AF85E",
        "undeliveredQueue5B49A90C",
        "unroutedQueue2139CA45",
        "unroutednotificationsdeadlettersQueue271E0099",
      ]
    `);
  });

  it('are pinned: a new id would mean a new, empty table', () => {
    expect(Object.keys(prod.templates.state['Resources']).sort()).toEqual([
      'Key961B73FD',
      'KeyAlias910D852D',
      'historytable021E5271',
      'incidentstableEEF36BCC',
    ]);
  });
});

function statementsOf(role: Resource): string[] {
  // biome-ignore lint/suspicious/noExplicitAny: policy statements are JSON
  const statements = list<any>(role.Properties.Policies).flatMap((policy) => policy.PolicyDocument.Statement);
  return statements.map((statement) => {
    const conditions = Object.entries<Record<string, unknown>>(statement.Condition ?? {}).flatMap(([operator, tests]) =>
      Object.entries(tests).map(
        ([key, value]) => `    when ${key} ${operator} ${list(value).map(sayValue).join(' | ')}`,
      ),
    );
    return [
      `  ${statement.Sid}: ${list(statement.Action).join(', ')}`,
      ...list(statement.Resource).map((resource) => `    on ${sayValue(resource)}`),
      ...conditions,
    ].join('\n');
  });
}
