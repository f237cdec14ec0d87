/** How the demo service behaves. `down` breaks every connection, `errors` responds with status 500. */
export const demoModes = ['ok', 'down', 'slow', 'model-not-loaded', 'errors'] as const;
export type DemoMode = (typeof demoModes)[number];

/** Upper bounds of the histograms' buckets, in seconds. */
export const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

/** Counts and a sum, as a Prometheus histogram has them; the counts are cumulative. */
export interface Histogram {
  counts: number[];
  count: number;
  sum: number;
}

const emptyHistogram = (): Histogram => ({ counts: buckets.map(() => 0), count: 0, sum: 0 });

/** The load by mode: requests per second, the share that fails, and the duration of an inference. */
const loads: Record<DemoMode, { perSecond: number; failing: number; inferenceSeconds: number }> = {
  ok: { perSecond: 2.5, failing: 0.02, inferenceSeconds: 0.12 },
  down: { perSecond: 0, failing: 0, inferenceSeconds: 0.12 },
  slow: { perSecond: 1.5, failing: 0.05, inferenceSeconds: 2.8 },
  'model-not-loaded': { perSecond: 2.5, failing: 1, inferenceSeconds: 0.01 },
  errors: { perSecond: 2.5, failing: 0.4, inferenceSeconds: 0.2 },
};

/**
 * Simulated users of the demo service. The numbers depend on time only, without randomness, so they are reproducible.
 */
export class DemoTraffic {
  readonly startedAt: number;
  requests = 0;
  failed = 0;
  readonly latency = emptyHistogram();
  readonly inference = emptyHistogram();
  readonly confidence = emptyHistogram();
  #at: number;

  constructor(now: number) {
    this.startedAt = now;
    this.#at = now;
  }

  /** Simulates the users until now. */
  advance(now: number, mode: DemoMode): void {
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = Math.max(this.#at, now);
    const load = loads[mode];
    const requests = seconds * load.perSecond * (1 + 0.3 * this.wave(600));
    this.requests += requests;
    this.failed += requests * load.failing;
    fill(this.inference, requests, load.inferenceSeconds);
    fill(this.latency, requests, load.inferenceSeconds + 0.03);
    fillScores(this.confidence, requests * (1 - load.failing), 0.86 + 0.05 * this.wave(900));
  }

  /** A sine wave between -1 and 1 with this period, for numbers that should change. */
  wave(periodSeconds: number): number {
    return Math.sin(((this.#at - this.startedAt) / 1000 / periodSeconds) * 2 * Math.PI);
  }
}

/** Adds durations that are distributed exponentially around their mean. */
function fill(histogram: Histogram, count: number, meanSeconds: number): void {
  histogram.count += count;
  histogram.sum += count * meanSeconds;
  buckets.forEach((bound, i) => {
    histogram.counts[i]! += count * (1 - Math.exp(-bound / meanSeconds));
  });
}

/** Adds scores between 0 and 1 that are close to their mean: few below the low bounds, all below 1. */
function fillScores(histogram: Histogram, count: number, mean: number): void {
  histogram.count += count;
  histogram.sum += count * mean;
  buckets.forEach((bound, i) => {
    histogram.counts[i]! += count * Math.min(1, bound ** (mean / (1 - mean)));
  });
}
