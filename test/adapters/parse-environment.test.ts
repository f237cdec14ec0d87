import { expect, it } from 'vitest';
import * as z from 'zod';
import { parseEnvironment } from '../../adapters/parse-environment.ts';

const schema = z.object({ TABLE: z.string().min(1), QUEUE_URL: z.url() });

it.each([
  [
    'nothing is set',
    {},
    'the environment of this function is invalid; deploy its stack again: TABLE is not set; QUEUE_URL is not set',
  ],
  [
    'both are wrong',
    { TABLE: '', QUEUE_URL: 'undefined' },
    'TABLE="": Too small: expected string to have >=1 characters; QUEUE_URL="undefined": Invalid URL',
  ],
])('reports every variable that is wrong, with what it holds: %s', (_, variables, says) => {
  expect(() => parseEnvironment(schema, variables)).toThrow(says);
});

it('takes what the contract asks for and nothing else', () => {
  const variables = { TABLE: 'history', QUEUE_URL: 'https://sqs/1/q', AWS_SECRET_ACCESS_KEY: 'x' };
  expect(parseEnvironment(schema, variables)).toEqual({ TABLE: 'history', QUEUE_URL: 'https://sqs/1/q' });
});
