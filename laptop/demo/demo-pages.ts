import { buckets, type DemoMode, type DemoTraffic, type Histogram } from './demo-traffic.ts';

const classes = ['Tshirts', 'Shoes', 'Handbags', 'Shirts', 'Watches', 'Jeans', 'Dresses', 'Sandals', 'Belts', 'Caps'];
const modelName = 'fashion-classifier';

/** A time in UTC without a time zone, as the service writes it. */
const moment = (now: number) => new Date(now).toISOString().slice(0, 19);
const modelLoaded = (mode: DemoMode) => mode !== 'model-not-loaded';

/** The body of `/health`. */
export const healthPage = (mode: DemoMode, now: number) => ({
  status: mode === 'errors' ? 'unhealthy' : 'healthy',
  model_loaded: modelLoaded(mode),
  classes: classes.length,
  timestamp: moment(now),
});

/** The body of `/stats`. */
export function statsPage(traffic: DemoTraffic, mode: DemoMode, now: number) {
  const uptime = Math.floor((now - traffic.startedAt) / 1000);
  const images = Math.floor(traffic.requests * 0.97);
  const failed = Math.min(images, Math.floor(traffic.failed));
  return {
    uptime_seconds: uptime,
    uptime_human: `${Math.floor(uptime / 3600)}:${twoDigits(Math.floor(uptime / 60) % 60)}:${twoDigits(uptime % 60)}`,
    total_requests: Math.floor(traffic.requests),
    total_images_processed: images,
    successful_predictions: images - failed,
    failed_predictions: failed,
    success_rate: images === 0 ? 100 : Math.round(((images - failed) / images) * 10_000) / 100,
    model_loaded: modelLoaded(mode),
    timestamp: moment(now),
  };
}

type Labels = Readonly<Record<string, string>>;
type Sample = [labels: Labels, value: number];

/** The body of `/metrics`, in the text format of Prometheus, under the names of both guides. */
export function metricsPage(traffic: DemoTraffic, mode: DemoMode): string {
  const { requests, failed, latency, inference, confidence } = traffic;
  const ok = requests - failed;
  const drift = 0.12 + 0.08 * traffic.wave(3600);
  const accuracy = (i: number) => 0.93 - i * 0.02 + 0.01 * traffic.wave(1800);
  const attributes = ['category', 'color', 'season'];
  const predict = { endpoint: '/predict', method: 'POST' };
  return [
    counter('api_requests_total', 'API requests', [
      [{ ...predict, status: 'success' }, ok],
      [{ ...predict, status: 'error' }, failed],
    ]),
    histogram('api_request_latency_seconds', 'API latency', { endpoint: '/predict' }, latency),
    counter(
      'model_predictions_total',
      'Predictions by value',
      classes.map((value, i): Sample => [{ attribute: 'category', value }, ok * (0.19 - i * 0.02)]),
    ),
    histogram('model_inference_latency_seconds', 'Inference latency', {}, inference),
    histogram('model_confidence_score', 'Confidence of predictions', {}, confidence),
    counter('images_processed_total', 'Images processed', [[{}, requests * 0.97]]),
    gauge('model_accuracy', 'Current accuracy', [
      ...attributes.map((attribute, i): Sample => [{ attribute }, accuracy(i)]),
      [{ model: modelName }, accuracy(1)],
    ]),
    gauge('model_loaded', 'Whether the model is loaded', [[{}, modelLoaded(mode) ? 1 : 0]]),
    gauge('cache_size', 'Predictions in the cache', [[{}, Math.min(1000, Math.floor(requests / 4))]]),
    gauge(
      'drift_score',
      'Drift of an attribute, 0 to 1',
      attributes.map((attribute, i): Sample => [{ attribute }, drift + i * 0.01]),
    ),
    counter('http_requests_total', 'HTTP requests', [
      [{ ...predict, status: '200' }, ok],
      [{ ...predict, status: '500' }, failed],
    ]),
    histogram('http_request_duration_seconds', 'HTTP latency', predict, latency),
    counter('predictions_total', 'Predictions', [
      [{ model: modelName, status: 'success' }, ok],
      [{ model: modelName, status: 'error' }, failed],
    ]),
    histogram('model_inference_duration_seconds', 'Inference duration', { model: modelName }, inference),
    histogram('prediction_confidence', 'Confidence of predictions', { model: modelName }, confidence),
    gauge('data_drift_score', 'Drift of the input, 0 to 1', [[{}, drift]]),
  ].join('');
}

const twoDigits = (count: number) => String(count).padStart(2, '0');
const round = (value: number) => Math.round(value * 10_000) / 10_000;
const labelled = (name: string, labels: Labels) => {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return pairs.length > 0 ? `${name}{${pairs.join(',')}}` : name;
};
const family = (name: string, type: string, help: string, lines: readonly string[]) =>
  `# HELP ${name} ${help}.\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`;

const counter = (name: string, help: string, samples: readonly Sample[]) =>
  family(
    name,
    'counter',
    help,
    samples.map(([labels, value]) => `${labelled(name, labels)} ${Math.floor(value)}`),
  );
const gauge = (name: string, help: string, samples: readonly Sample[]) =>
  family(
    name,
    'gauge',
    help,
    samples.map(([labels, value]) => `${labelled(name, labels)} ${round(value)}`),
  );

function histogram(name: string, help: string, labels: Labels, { counts, count, sum }: Histogram): string {
  const bounds = [...buckets.map(String), '+Inf'];
  const values = [...counts, count];
  return family(name, 'histogram', help, [
    ...bounds.map((le, i) => `${labelled(`${name}_bucket`, { ...labels, le })} ${Math.floor(values[i]!)}`),
    `${labelled(`${name}_sum`, labels)} ${round(sum)}`,
    `${labelled(`${name}_count`, labels)} ${Math.floor(count)}`,
  ]);
}
