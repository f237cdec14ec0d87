import { describe, expect, it } from 'vitest';
import { hideCredentials } from '../../../core/definition/http-url.ts';

describe('credentials in a text', () => {
  it.each([
    { what: 'user and password', text: 'at https://u:p@host/a now', is: 'at https://[secret]@host/a now' },
    { what: 'a token in place of a user', text: 'https://token@host/a', is: 'https://[secret]@host/a' },
    { what: 'a password with a slash and an @', text: 'https://u:p/@s@host', is: 'https://[secret]@host' },
    { what: 'two URLs in a row', text: 'http://a:b@c,http://d:e@f', is: 'http://[secret]@f' },
    { what: 'in quotes', text: '{"url":"smtp://u:p@host"}', is: '{"url":"smtp://[secret]@host"}' },
    { what: 'an @ in a path is none', text: 'https://host/@team', is: 'https://host/@team' },
    { what: 'no URL', text: 'ml@example.com', is: 'ml@example.com' },
  ])('$what', ({ text, is }) => {
    expect(hideCredentials(text)).toBe(is);
  });

  it.each(['a'.repeat(300_000), 'a://:'.repeat(60_000)])('are looked for once in a long text', (text) => {
    expect(hideCredentials(text) === text).toBe(true);
  });
});
