import type { statfs } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { StatfsLocalDisks } from '../../adapters/statfs-local-disks.ts';

describe('StatfsLocalDisks', () => {
  it('reads the disk that this test lies on', async () => {
    const { freeBytes, totalBytes } = await new StatfsLocalDisks().room(import.meta.dirname);
    expect(totalBytes).toBeGreaterThan(1024 ** 2);
    expect(freeBytes).toBeGreaterThanOrEqual(0);
    expect(freeBytes).toBeLessThanOrEqual(totalBytes);
  });

  it('names a path that is not there', async () => {
    await expect(new StatfsLocalDisks().room('/no/such/path')).rejects.toThrow(
      'the disk of /no/such/path cannot be read (ENOENT); check the path',
    );
  });
});

it('begins no second reading of a disk that does not answer', async () => {
  let begun = 0;
  let answer = (_: Awaited<ReturnType<typeof statfs>>) => {};
  const hanging = () => {
    begun += 1;
    return new Promise<Awaited<ReturnType<typeof statfs>>>((resolve) => {
      answer = resolve;
    });
  };
  const disks = new StatfsLocalDisks(hanging as typeof statfs);
  const both = [disks.room('/mnt/gone'), disks.room('/mnt/gone')];
  expect(begun).toBe(1);
  answer({ bsize: 2, bavail: 3, blocks: 4 } as Awaited<ReturnType<typeof statfs>>);
  expect(await Promise.all(both)).toEqual(Array(2).fill({ freeBytes: 6, totalBytes: 8 }));
  void disks.room('/mnt/gone');
  expect(begun).toBe(2);
});
