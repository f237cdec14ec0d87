import { type ChannelPrice, channelPrices } from '../channels/kind-of.ts';
import type { Price } from '../deployment/price.ts';

/** The date and the Region of the prices. A config can override each price. */
export const pricesAsOf = { date: '2026-11-21', region: 'us-east-1', currency: 'USD' } as const;

const listed = 'AWS price list, from the tests of Infracost, August 2026';
const freeTier = 'AWS Free Tier';
const reported = 'articles on prices of AWS networks in us-east-1, May and June 2026';
const recalled = 'AWS pricing pages, not verified on that date';

/** What the pipeline itself is billed for. */
const pipelinePrices = {
  alarm: { usd: 0.1, per: 1, unit: 'alarm-month', free: 10, source: `${listed}; ${freeTier}` },
  fastAlarm: { usd: 0.3, per: 1, unit: 'high-resolution alarm-month', source: listed },
  metric: {
    usd: 0.3,
    per: 1,
    unit: 'metric-month',
    free: 10,
    source: `first 10,000 metrics, February 2026; ${freeTier}`,
  },
  metricRequest: { usd: 0.01, per: 1000, unit: 'request', free: 1_000_000, source: `${recalled}; ${freeTier}` },
  dashboard: { usd: 3, per: 1, unit: 'dashboard-month', free: 3, source: `${listed}; ${freeTier}` },
  lambdaRequest: { usd: 0.2, per: 1_000_000, unit: 'request', free: 1_000_000, source: `${listed}; ${freeTier}` },
  lambdaDuration: { usd: 0.0000133334, per: 1, unit: 'GB-s on arm64', free: 400_000, source: `${listed}; ${freeTier}` },
  schedule: {
    usd: 1,
    per: 1_000_000,
    unit: 'invocation',
    free: 14_000_000,
    source: 'EventBridge Scheduler, March 2026',
  },
  event: { usd: 1, per: 1_000_000, unit: 'custom event', source: 'EventBridge, March 2026' },
  archive: { usd: 0.1, per: 1, unit: 'GB archived', source: recalled },
  archiveStorage: { usd: 0.023, per: 1, unit: 'GB-month of the archive', source: recalled },
  queueRequest: { usd: 0.4, per: 1_000_000, unit: 'request', free: 1_000_000, source: `${listed}; ${freeTier}` },
  publish: { usd: 0.5, per: 1_000_000, unit: 'message', free: 1_000_000, source: `${listed}; ${freeTier}` },
  tableWrite: { usd: 0.625, per: 1_000_000, unit: 'write unit', source: listed },
  tableRead: { usd: 0.125, per: 1_000_000, unit: 'read unit', source: listed },
  tableStorage: { usd: 0.25, per: 1, unit: 'GB-month', free: 25, source: `${listed}; ${freeTier}` },
  tableBackup: { usd: 0.2, per: 1, unit: 'GB-month of point-in-time recovery', source: listed },
  logIngest: { usd: 0.5, per: 1, unit: 'GB of logs', free: 5, source: `${listed}; ${freeTier}` },
  logStorage: { usd: 0.03, per: 1, unit: 'GB-month of logs', source: listed },
  secret: { usd: 0.4, per: 1, unit: 'secret-month in Secrets Manager', source: listed },
  secretRequest: { usd: 0.05, per: 10_000, unit: 'request', source: listed },
  key: { usd: 1, per: 1, unit: 'key-month', source: recalled },
  keyRequest: { usd: 0.03, per: 10_000, unit: 'request', free: 20_000, source: `${recalled}; ${freeTier}` },
  interfaceEndpoint: { usd: 7.3, per: 1, unit: 'endpoint-month in an availability zone', source: reported },
  endpointData: { usd: 0.01, per: 1, unit: 'GB through interface endpoints', source: reported },
  natGateway: { usd: 32.85, per: 1, unit: 'NAT gateway-month', source: listed },
  natData: { usd: 0.045, per: 1, unit: 'GB through a NAT gateway', source: reported },
  publicAddress: { usd: 3.65, per: 1, unit: 'public IPv4 address-month', source: listed },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof pipelinePrices | ChannelPrice;

/** What a deployment is billed for: the pipeline, and what the providers of its channels take. */
export const prices = {
  ...pipelinePrices,
  ...channelPrices,
} as Readonly<Record<PriceName, Price>>;

export const priceNames = Object.keys(prices) as PriceName[];

/** The price of one unit in USD. The price of the config, if it has one, is for the listed quantity (`metric: 0.27`, `lambdaRequest: 0.18`). */
export const priceOf = (name: PriceName, own: Partial<Record<PriceName, number>>): number =>
  (own[name] ?? prices[name].usd) / prices[name].per;

/** The price of an alarm: high-resolution alarms have periods of less than one minute. */
export const alarmPrice = (periodSeconds: number): PriceName => (periodSeconds < 60 ? 'fastAlarm' : 'alarm');
