import { describe, expect, it } from 'vitest';
import { redact } from '../../../core/delivery/redact.ts';

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

  it('and leaves host and user, which a person needs to mend it', () => {
    expect(redact('tocsin at relay.example:587 refused', smtp)).toBe('tocsin at relay.example:587 refused');
  });
});
