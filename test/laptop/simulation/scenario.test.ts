import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { loadConfig } from '../../../cli/load-config.ts';
import { Outside } from '../../../laptop/simulation/outside.ts';
import { parseScenario, ScenarioError } from '../../../laptop/simulation/scenario.ts';
import { forms, stage } from '../../../laptop/simulation/sentences.ts';
import { aDocument } from '../../support/a-document.ts';

const text = (sentences: string, head = 'title: A night\nstarts: 2026-11-24 02:00\nlasts: 2 hours') =>
  `${head}\n\n${sentences}\n`;
const parse = (whole: string) => parseScenario('night.scenario', whole, 'Europe/Berlin');
const document = aDocument();
const exampleDocument = parseDefinition(await loadConfig('monitoring.config.ts'), { world: 'laptop' });
const problemsOf = (sentences: string) => stage(parse(text(sentences)), document, new Outside());

describe('a scenario file', () => {
  it('has a head and sentences; comments and empty lines are left out, lines keep their numbers', () => {
    expect(
      parse(text('# why\nclassifier is down from 02:10 to 02:55. # how\n\nslack is down from 02:10 to 02:20')),
    ).toEqual({
      title: 'A night',
      startsAt: Date.parse('2026-11-24T01:00:00Z'),
      endsAt: Date.parse('2026-11-24T03:00:00Z'),
      timeZone: 'Europe/Berlin',
      sentences: [
        { line: 6, text: 'classifier is down from 02:10 to 02:55' },
        { line: 8, text: 'slack is down from 02:10 to 02:20' },
      ],
    });
  });

  it('may have a zone of its own, and lines that end as Windows ends them', () => {
    const scenario = parse(
      'starts: 2026-11-24 02:00\r\nlasts: 1 day\r\nzone: Asia/Tokyo\r\n\r\nslack is down from 02:10 to 02:20\r\n',
    );
    expect([scenario.timeZone, scenario.startsAt, scenario.title]).toEqual([
      'Asia/Tokyo',
      Date.parse('2026-11-23T17:00:00Z'),
      'night.scenario',
    ]);
  });

  it.each([
    { head: 'lasts: 1 hour', says: 'starts: is missing; specify a date and a time' },
    { head: 'starts: soon\nlasts: 1 hour', says: 'starts: soon; specify a date and a time' },
    { head: 'starts: 2026-11-24 02:00', says: 'lasts: is missing; specify a duration' },
    { head: 'starts: 2026-11-24 02:00\nlasts: long', says: 'lasts: long; specify a duration' },
    { head: 'starts: 2026-11-24 02:00\nlasts: 1 hour\nzone: Mars', says: 'zone: Mars is not an IANA time zone' },
    {
      head: 'begins: 02:00\nstarts: 2026-11-24 02:00\nlasts: 1 hour',
      says: 'line 1: begins is not a key of a scenario',
    },
  ])('with the head "$head" is refused: $says', ({ head, says }) => {
    expect(() => parse(text('slack is down from 02:10 to 02:20', head))).toThrow(says);
  });

  it('is refused with all problems at once', () => {
    const error = (() => {
      try {
        return parse('begins: now\nlasts: long\n');
      } catch (thrown) {
        return thrown as Error;
      }
    })() as Error;
    expect(error).toBeInstanceOf(ScenarioError);
    expect(error.message.split('\n')).toEqual([
      'night.scenario is not a valid scenario:',
      expect.stringContaining('begins'),
      expect.stringContaining('starts: is missing'),
      expect.stringContaining('lasts: long'),
      expect.stringContaining('the scenario has no sentences'),
    ]);
  });
});

describe('a sentence', () => {
  it.each(forms.map(({ example }) => example))('like "%s" can be played against the example config', (example) => {
    const scenario = parse(text(example, 'starts: 2026-11-24 02:00\nlasts: 1 day'));
    expect(stage(scenario, exampleDocument, new Outside())).toEqual([]);
  });

  it.each([
    {
      sentence: 'api is down from 02:10 to 02:20',
      says: 'the config has no service called api; use one of: classifier',
    },
    { sentence: 'weekly fails on Tuesday', says: 'the config has no batch called weekly; use one of: nightly' },
    { sentence: 'nightly fails on Caturday', says: 'Caturday is not a list of weekdays' },
    { sentence: 'attic has 12 GB free at 02:10', says: 'the config has no volume called attic; use one of: results' },
    { sentence: 'classifier is down from 02:10 to 04:30', says: '04:30 is after the end of the scenario' },
    { sentence: 'classifier is down from 02:10 to 25:00', says: '25:00 is not a time; use 02:10' },
    { sentence: 'the weather check stops from 02:10 to 02:20', says: 'no target has a weather check' },
    { sentence: 'classifier/too-warm is removed at 02:10', says: 'the config has no rule classifier/too-warm' },
  ])('"$sentence" is refused: $says', ({ sentence, says }) => {
    const problems = problemsOf(sentence);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`line 5: "${sentence}": `);
    expect(problems[0]).toContain(says);
  });

  it('that is not understood brings the list of those that are; all problems come at once', () => {
    const problems = problemsOf(
      'the moon is full\nclassifier is down from 02:10 to 02:20\napi is down from 02:10 to 02:20',
    );
    expect(problems.slice(0, 3)).toEqual([
      'line 5: "the moon is full" is not a known sentence',
      expect.stringMatching(/^line 7: .*no service called api/),
      'use sentences such as:',
    ]);
    expect(problems.slice(3)).toHaveLength(forms.length);
  });
});
