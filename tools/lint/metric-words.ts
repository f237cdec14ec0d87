import type { Metric } from '../../core/metrics/metric.ts';
import { oncePer } from '../../core/once-per.ts';

type Words = ReadonlySet<string>;

/** The words of a metric's name, in lower case: `api.HTTP5xxErrors` is api, http, 5xx, errors. */
export const wordsOf = oncePer(({ name }: Metric): Words => split(name));

const split = (name: string): Words =>
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

const list = (text: string): readonly string[] => text.split(/\s+/);
const has = (words: Words, wanted: readonly string[]) => wanted.some((word) => words.has(word));

const bad =
  list(`error errors failure failures failed fail fails fault faults exception exceptions drop drops dropped discarded loss
  lost latency delay lag behind wait timeout timeouts throttle throttles throttled throttling limit reject rejects rejected
  rejections retry retries miss misses missed crash crashes restart restarts drift skew down downtime offline degraded stuck
  blocked deadlock deadlocks oom unhealthy unavailable denied violation violations evicted evictions stale staleness since age
  4xx 5xx invalid corrupt corrupted expired dead stalled steal`);
const room =
  list(`free spare freeable available availability remaining left until expiry expires headroom healthy uptime credit
  credits balance`);
const shares = list(
  'success successful succeeded hit hits accuracy confidence pass passed up loaded ready alive retention precision recall',
);
const usage =
  list(`cpu gpu memory mem ram heap disk storage volume capacity quota pool used usage utilization utilisation busy full
  saturation occupancy`);
const largeShares = [...usage, ...shares];
const partsOfAll = [...list('error errors failed failure loss free available availability 4xx 5xx'), ...shares];
const notOfAll = list('drop drops budget burn change growth');
const rooms = [...usage, ...room, 'space', 'size'];
const updates = list('update updates patch patches');
const requests = list(
  'request requests response responses page inference prediction predictions http api endpoint rpc grpc ttfb',
);
const calls = list('invocation invocations call calls model');
const longWork = list(
  `job jobs batch run epoch training backup age since behind lag uptime build deploy deployment sync export import left
  remaining expiry window retention`,
);

/** Which values of a metric are better: as declared, or else as its name suggests; undefined if the name suggests neither or both. */
export function betterOf(metric: Metric): 'lower' | 'higher' | undefined {
  if (metric.better) return metric.better;
  const words = wordsOf(metric);
  // A count of successes has no better direction; a share of successes is better when high.
  const isShare = metric.unit === 'Percent' || metric.yesOrNo || metric.range?.max === 1;
  const low = has(words, bad) || (isRequestTime(metric) && metric.unit.endsWith('econds'));
  const high = (has(words, room) && !has(words, updates)) || (isShare && has(words, shares));
  return low === high ? undefined : low ? 'lower' : 'higher';
}

/** Whether a share is large both in normal operation and in a failure: how full or busy something is, how much succeeds. */
export const isLargeShare = (metric: Metric): boolean =>
  has(wordsOf(metric), largeShares) && !has(wordsOf(metric), bad);

/** Whether the metric is how full or busy something is. Low values are not a failure, although an idle machine may be of interest. */
export const isUsage = (metric: Metric): boolean =>
  metric.unit === 'Percent' && has(wordsOf(metric), usage) && betterOf(metric) === undefined;

/** Whether the metric is a share of the whole, between 0 and 100 %, even if no range is declared. A drop may be negative, and CPU usage of many cores above 100. */
export const isShareOfAll = (metric: Metric): boolean =>
  metric.unit === 'Percent' && has(wordsOf(metric), partsOfAll) && !has(wordsOf(metric), notOfAll);

/** Whether the metric is how much of something is free or used: a size, not a flow. */
export const isRoom = (metric: Metric): boolean => has(wordsOf(metric), rooms);

const perRequest = /\b(a|an|per|each|every) (http |api )?(request|response|prediction|inference|page)\b/i;

/** Whether the metric is the duration of something that a user waits for: a request, a prediction, a page. */
export const isRequestTime = (metric: Metric): boolean =>
  has(wordsOf(metric), requests) || perRequest.test(metric.calculation);

/** Whether the metric is the duration of a call, which AWS measures in milliseconds or microseconds. */
export const isCallTime = (metric: Metric): boolean => isRequestTime(metric) || has(wordsOf(metric), calls);

/** Whether the metric is the duration of work that may take hours. */
export const isLongWork = (metric: Metric): boolean => metric.of === 'batch' || has(wordsOf(metric), longWork);

const isTime = '(second|minute|hour|day|week|month|epoch|refresh|reading|run)s?\\b';
const perSomething = new RegExp(
  `\\b(one|values?) (value )?(a|an|per|each|every|for each|for every) (?!${isTime})[a-z]`,
  'i',
);
const perTime = new RegExp(`\\b(one|1|values?) (value )?(a|an|per|each|every) ${isTime}`, 'i');

/** Whether the metric has one value per event: as declared by `perEvent`, or by the text of `calculation` ("one value a request"). */
export const isPerEvent = (metric: Metric): boolean => metric.perEvent ?? perSomething.test(metric.calculation);

/** Whether the text of `calculation` gives one value per time interval ("one value a minute"). */
export const isPerTime = (metric: Metric): boolean => !isPerEvent(metric) && perTime.test(metric.calculation);
