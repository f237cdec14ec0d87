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
