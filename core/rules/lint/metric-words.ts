import type { Metric } from '../../metrics/metric.ts';

/** The words of a metric's name, in lower case: `api.HTTP5xxErrors` is api, http, 5xx, errors. */
export const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .replace(/un[_-]?healthy/gi, '_unhealthy_')
      .replace(/([45])xx/gi, '_$1xx_')
      .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, before, after, last) =>
        last ? `${last}_` : `${before}_${after}`,
      )
      .toLowerCase()
      .split(/[^a-z\d]+/)
      .filter(Boolean),
  );

const has = (words: ReadonlySet<string>, list: string) => list.split(/\s+/).some((word) => words.has(word));

const bad = `error errors failure failures failed fail fails fault faults exception exceptions drop drops dropped loss lost
  latency delay lag behind wait timeout timeouts throttle throttles throttled throttling limit reject rejects rejected
  rejections retry retries miss misses missed crash crashes restart restarts drift skew downtime unhealthy unavailable denied
  violation violations evicted evictions stale since age 4xx 5xx invalid corrupt corrupted expired dead stalled steal`;
const room = 'free spare freeable available availability remaining left headroom healthy uptime';
const shares =
  'success successful succeeded hit hits accuracy confidence pass passed up loaded ready alive retention precision recall';

/** Which values of a metric are the better ones: as declared, else as its name says; undefined where it says neither or both. */
export function betterOf(metric: Metric): 'lower' | 'higher' | undefined {
  if (metric.better) return metric.better;
  const words = wordsOf(metric.name);
  // How much succeeds may rise without harm or not; which share of all does is better high.
  const isShare = metric.unit === 'Percent' || metric.yesOrNo || metric.range?.max === 1;
  const low = has(words, bad) || (isRequestTime(metric) && metric.unit.endsWith('econds'));
  const high = (has(words, room) && !has(words, 'update updates patch patches')) || (isShare && has(words, shares));
  return low === high ? undefined : low ? 'lower' : 'higher';
}

/** Whether small shares of it are usual limits: half a percent of errors, not half a percent of a disk. */
export const isRare = (metric: Metric): boolean => metric.better === 'lower' || has(wordsOf(metric.name), bad);

/** Whether a metric counts the time of something that somebody waits for: a request, a prediction, a page. */
export const isRequestTime = (metric: Metric): boolean =>
  has(
    wordsOf(metric.name),
    'request requests response responses page inference prediction predictions query queries http api endpoint rpc grpc call invocation ttfb',
  ) ||
  /\b(a|an|per|each|every) (http |api )?(request|response|prediction|inference|call|query|page|invocation)\b/i.test(
    metric.calculation,
  );

/** Whether a metric is the time of work that may take hours. */
export const isLongWork = (metric: Metric): boolean =>
  metric.of === 'batch' ||
  has(
    wordsOf(metric.name),
    'job jobs batch run epoch training backup age since behind lag uptime build deploy deployment sync export import left remaining expiry window retention',
  );

/** Whether a declaration says that there is a value for each event: by itself, or in words ("one value a request"). */
export const isPerEvent = (metric: Metric): boolean =>
  metric.perEvent ??
  /\b(one|values?) (value )?(a|an|per|each|every|for each|for every) (?!(second|minute|hour|day|week|month|epoch|refresh|reading)\b)[a-z]/i.test(
    metric.calculation,
  );
