import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactor } from '../../../core/delivery/redact.ts';

const hook = 'https://hooks.slack.example/services/T0AAAA/B0BBBB/sEcReT123';
const smtp = 'smtp://tocsin:pa%24sword@relay.example:587';

describe('redact takes a secret URL out of a text', () => {
  it.each([
    { where: 'whole', text: `POST ${hook} failed`, url: hook, leaves: 'POST [secret] failed' },
    { where: 'as a path', text: 'no page /services/T0AAAA/B0BBBB/sEcReT123', url: hook, leaves: 'no page [secret]' },
    { where: 'as its last part', text: 'bad token sEcReT123', url: hook, leaves: 'bad token [secret]' },
    { where: 'as a password, encoded', text: 'no: pa%24sword', url: smtp, leaves: 'no: [secret]' },
    { where: 'as a password, decoded', text: 'no: pa$sword', url: smtp, leaves: 'no: [secret]' },
    { where: 'as a query', text: 'x?token=abc123', url: 'https://a.example/?token=abc123', leaves: 'x[secret]' },
    { where: 'when it is no URL at all', text: 'got sEcReT123', url: 'sEcReT123', leaves: 'got [secret]' },
  ])('$where', ({ text, url, leaves }) => {
    expect(redact(text, url)).toBe(leaves);
  });

  it('and leaves host and user, which a person needs to fix it', () => {
    expect(redact('tocsin at relay.example:587 refused', smtp)).toBe('tocsin at relay.example:587 refused');
  });
});

describe('a password goes however the other side repeats it', () => {
  const url = 'smtp://tocsin:p%40ss%2Fw%26rd@relay.example:587';
  const password = 'p@ss/w&rd';
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it.each([
    { how: 'as it is', text: `535 no: ${password}` },
    { how: 'encoded as in the URL', text: '535 no: p%40ss%2Fw%26rd' },
    { how: 'encoded in lower case', text: '535 no: p%40ss%2fw%26rd' },
    { how: 'as AUTH PLAIN', text: `500 unknown command: AUTH PLAIN ${base64(`\0tocsin\0${password}`)}` },
    { how: 'as AUTH PLAIN with an identity', text: `AUTH PLAIN ${base64(`me\0tocsin\0${password}`)}` },
    { how: 'as AUTH LOGIN', text: `501 cannot decode ${base64(password)}` },
    { how: 'as HTTP Basic', text: `Authorization: Basic ${base64(`tocsin:${password}`)}` },
    { how: 'in Base64 for URLs', text: Buffer.from(password).toString('base64url') },
    { how: 'in JSON', text: JSON.stringify({ said: password }) },
    { how: 'in HTML', text: '<p>p@ss/w&amp;rd</p>' },
  ])('$how', ({ text }) => {
    const left = redact(text, url);
    expect(left).toContain('[secret]');
    expect(left).not.toMatch(/p@ss|p%40ss|cEBzcy9|BAc3Mvd|wQHNzL3/);
  });

  it.each([
    { password: 'abc', text: '535 no: abc', leaves: '535 no: [secret]' },
    { password: 'abc', text: '535 no: abcdef', leaves: '535 no: abcdef' },
    { password: 'k', text: 'pass=k ok', leaves: 'pass=[secret] ok' },
    { password: 'abcd', text: 'xabcdx', leaves: 'x[secret]x' },
    { password: 'a.c', text: 'abc a.c', leaves: 'abc [secret]' },
  ])('when it is short: $text', ({ password: short, text, leaves }) => {
    expect(redact(text, `smtp://tocsin:${short}@relay.example`)).toBe(leaves);
  });

  it('wherever in a longer text it was when that was put into Base64', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 30, unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (secret, before, after) => {
          const repeated = Buffer.from(before + secret + after).toString('base64');
          expect(redactor(secret)(repeated)).toContain('[secret]');
        },
      ),
    );
  });

  it('and of several secrets none stays', () => {
    expect(redactor('tocsin:hunter2', 'Bearer t0ken')('hunter2 and t0ken')).toBe('[secret] and [secret]');
  });
});
