import Table from 'cli-table3';
import { describe, expect, it } from 'vitest';
import { bare } from '../../cli/commands/history.ts';
import { LongTable } from '../../cli/long-table.ts';

const options: Table.TableConstructorOptions = {
  head: ['rule', 'condition', 'notifies'],
  style: { head: [], border: [] },
  chars: bare,
  colAligns: ['left', 'left', 'right'],
};

const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => [`svc-${i}/${'x'.repeat(i % 17)}`, i % 7 ? `above ${i}` : '', 3 * i]);

const rendered = (table: Table.Table, content: unknown[][]) => {
  table.push(...(content as Table.HorizontalTableRow[]));
  return table.toString();
};

describe('a long table', () => {
  it.each([
    ['no rows', []],
    ['a row', rows(1)],
    ['fewer than a long one', rows(49)],
    ['as many as a long one', rows(50)],
    ['many', rows(321)],
    [
      'cells of wide characters, colours and several lines',
      [...rows(120), ['模型', '\u001b[31mred\u001b[39m', 'a\nbb']],
    ],
  ])('is what cli-table3 makes of %s', (_, content) => {
    expect(rendered(new LongTable(options), content)).toBe(rendered(new Table(options), content));
  });

  it('is that without a head, too', () => {
    const headless = { ...options, head: [] };
    expect(rendered(new LongTable(headless), rows(130))).toBe(rendered(new Table(headless), rows(130)));
  });
});
