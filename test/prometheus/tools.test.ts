import { expect, it } from 'vitest';
import { toolPath } from './tools.ts';

it.each(['promtool', 'amtool'] as const)(
  'without %s the acceptance tests fail, and say where it comes from',
  (tool) => {
    expect(() => toolPath(tool, ['/nowhere'])).toThrow(
      `${tool} is not here. On Debian or Ubuntu, .ci/prometheus-tools fetches promtool and amtool into .prometheus/`,
    );
  },
);
