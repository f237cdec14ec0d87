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

/** Which values of a metric are the better ones: as declared, else as its name says; undefined where it says neither or both. */
export function betterOf(metric: Metric): 'lower' | 'higher' | undefined {
  if (metric.better) return metric.better;
  const words = wordsOf(metric);
  // How much succeeds may rise without harm or not; which share of all does is better high.
  const isShare = metric.unit === 'Percent' || metric.yesOrNo || metric.range?.max === 1;
  const low = has(words, bad) || (isRequestTime(metric) && metric.unit.endsWith('econds'));
  const high = (has(words, room) && !has(words, updates)) || (isShare && has(words, shares));
  return low === high ? undefined : low ? 'lower' : 'higher';
}

/** Whether a share of it is large in health and in trouble: how full or busy something is, how much of all succeeds. */
export const isLargeShare = (metric: Metric): boolean =>
  has(wordsOf(metric), largeShares) && !has(wordsOf(metric), bad);

/** Whether it is how full or busy something is. Low values are no trouble, though an idle machine may be worth a notice. */
export const isUsage = (metric: Metric): boolean =>
  metric.unit === 'Percent' && has(wordsOf(metric), usage) && betterOf(metric) === undefined;

/** Whether it is a share of all, between 0 and 100 %, whatever is declared. A drop may be negative, a use of many cores over 100. */
export const isShareOfAll = (metric: Metric): boolean =>
  metric.unit === 'Percent' && has(wordsOf(metric), partsOfAll) && !has(wordsOf(metric), notOfAll);

/** Whether it is how much of something is there, or taken: a size, not a flow. */
export const isRoom = (metric: Metric): boolean => has(wordsOf(metric), rooms);

const perRequest = /\b(a|an|per|each|every) (http |api )?(request|response|prediction|inference|page)\b/i;

/** Whether a metric counts the time of something that somebody waits for: a request, a prediction, a page. */
export const isRequestTime = (metric: Metric): boolean =>
  has(wordsOf(metric), requests) || perRequest.test(metric.calculation);

/** Whether it is the time of something that is called, as AWS measures it in milliseconds and microseconds. */
export const isCallTime = (metric: Metric): boolean => isRequestTime(metric) || has(wordsOf(metric), calls);

/** Whether a metric is the time of work that may take hours. */
export const isLongWork = (metric: Metric): boolean => metric.of === 'batch' || has(wordsOf(metric), longWork);

const isTime = '(second|minute|hour|day|week|month|epoch|refresh|reading|run)s?\\b';
const perSomething = new RegExp(
  `\\b(one|values?) (value )?(a|an|per|each|every|for each|for every) (?!${isTime})[a-z]`,
  'i',
);
const perTime = new RegExp(`\\b(one|1|values?) (value )?(a|an|per|each|every) ${isTime}`, 'i');

/** Whether a declaration says that there is a value for each event: by itself, or in words ("one value a request"). */
export const isPerEvent = (metric: Metric): boolean => metric.perEvent ?? perSomething.test(metric.calculation);

/** Whether a declaration says in words that there is one value every so often ("one value a minute"). */
export const isPerTime = (metric: Metric): boolean => !isPerEvent(metric) && perTime.test(metric.calculation);
